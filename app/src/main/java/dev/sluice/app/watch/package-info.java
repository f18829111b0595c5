/**
 * Looks at the server's runs for all who watch them: each journal is followed and folded once, and
 * told as snapshots, deltas and streams. Writes nothing and decides nothing.
 */
@NullMarked
package dev.sluice.app.watch;

import org.jspecify.annotations.NullMarked;
