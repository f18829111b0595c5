/** The port that executors fill, and the task handed to them. */
@NullMarked
package dev.sluice.engine.execute;

import org.jspecify.annotations.NullMarked;
