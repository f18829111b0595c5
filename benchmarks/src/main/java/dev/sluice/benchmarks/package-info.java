/** Measurements by JMH; nothing here is part of the program. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
