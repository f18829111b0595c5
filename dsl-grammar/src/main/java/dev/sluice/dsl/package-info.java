/** The Snakefile language: text comes in, a tree with diagnostics and a Python program go out. */
@NullMarked
package dev.sluice.dsl;

import org.jspecify.annotations.NullMarked;
