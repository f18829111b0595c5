/**
 * The server's edge in Camel: the drop folder, what is told when a run ends, housekeeping, health.
 * Routes translate and tell; they decide nothing, and what they must remember are files.
 */
@NullMarked
package dev.sluice.app.edge;

import org.jspecify.annotations.NullMarked;
