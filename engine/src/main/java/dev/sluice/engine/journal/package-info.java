/**
 * What a run remembers. In: facts; out: the same facts after a crash, and the past of every output.
 */
@NullMarked
package dev.sluice.engine.journal;

import org.jspecify.annotations.NullMarked;
