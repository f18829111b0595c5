/**
 * Plans and runs as text: in, what the engine knows; out, what a terminal, a script or graphviz
 * reads. Never asks and never decides.
 */
@NullMarked
package dev.sluice.app.show;

import org.jspecify.annotations.NullMarked;
