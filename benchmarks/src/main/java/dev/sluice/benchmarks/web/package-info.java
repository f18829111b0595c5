/**
 * The controller with a run that only its executor plays, for measuring what it costs to watch one;
 * nothing here is part of the program.
 */
@NullMarked
package dev.sluice.benchmarks.web;

import org.jspecify.annotations.NullMarked;
