/**
 * From text to a parse tree: the generated lexer and parser, and the token sources that make
 * Python's layout and Snakemake's keywords out of raw tokens. Nothing of it leaves this module.
 */
@NullMarked
package dev.sluice.dsl.grammar;

import org.jspecify.annotations.NullMarked;
