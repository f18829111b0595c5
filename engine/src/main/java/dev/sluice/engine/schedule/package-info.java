/**
 * The state machine of a run. In: events; out: facts and commands. No clock, file, thread, log or
 * random.
 */
@NullMarked
package dev.sluice.engine.schedule;

import org.jspecify.annotations.NullMarked;
