/**
 * What a Snakefile means: rules with patterns, flags and settings. In: the helper's report; out:
 * the rule book.
 */
@NullMarked
package dev.sluice.engine.rules;

import org.jspecify.annotations.NullMarked;
