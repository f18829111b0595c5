/** The engine: a tree comes in, a finished run goes out. */
@NullMarked
package dev.sluice.engine;

import org.jspecify.annotations.NullMarked;
