/** The executor {@code local}: tasks come in, their jobs run as processes on this machine. */
@NullMarked
package dev.sluice.executor.local;

import org.jspecify.annotations.NullMarked;
