/**
 * Python's {@code str.format} for commands and messages, as far as it needs no Python. In: a
 * template and what a job offers; out: the text, or the word that Python has to do it.
 */
@NullMarked
package dev.sluice.engine.format;

import org.jspecify.annotations.NullMarked;
