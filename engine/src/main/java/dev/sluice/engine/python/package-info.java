/**
 * The helper process that runs the Snakefile's Python, and the way from a Snakefile to a rule book.
 * In: settings and the path of a Snakefile; out: a rule book, an evaluator for its functions, and
 * diagnostics.
 */
@NullMarked
package dev.sluice.engine.python;

import org.jspecify.annotations.NullMarked;
