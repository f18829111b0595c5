/**
 * From the parse tree to the tree of records, and what can be judged of a file by its text alone.
 * Comes in: a parse; goes out: the tree, and diagnostics of meaning.
 */
@NullMarked
package dev.sluice.dsl.build;

import org.jspecify.annotations.NullMarked;
