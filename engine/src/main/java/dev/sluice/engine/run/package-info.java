/**
 * The shell of a run: the only package that acts. In: a plan; out: facts in the journal, finished
 * outputs, and words to listeners.
 */
@NullMarked
package dev.sluice.engine.run;

import org.jspecify.annotations.NullMarked;
