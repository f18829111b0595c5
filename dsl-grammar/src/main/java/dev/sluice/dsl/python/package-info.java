/**
 * The Python program that stands for a Snakefile. Comes in: the tree; goes out: a text with the
 * Snakefile's own lines, and the way back from its columns.
 */
@NullMarked
package dev.sluice.dsl.python;

import org.jspecify.annotations.NullMarked;
