/**
 * The tree of a Snakefile: what was written, and where. Comes in: what the builder made of the
 * parse; goes out to the program's writer and to the engine. Nothing is evaluated here.
 */
@NullMarked
package dev.sluice.dsl.ast;

import org.jspecify.annotations.NullMarked;
