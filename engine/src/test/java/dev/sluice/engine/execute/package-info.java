/** The contract that every executor keeps. */
@NullMarked
package dev.sluice.engine.execute;

import org.jspecify.annotations.NullMarked;
