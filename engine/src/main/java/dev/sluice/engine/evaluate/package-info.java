/** The port through which planning and running ask Python. Never holds a process itself. */
@NullMarked
package dev.sluice.engine.evaluate;

import org.jspecify.annotations.NullMarked;
