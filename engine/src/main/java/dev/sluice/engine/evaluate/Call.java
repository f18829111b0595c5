package dev.sluice.engine.evaluate;

import dev.sluice.engine.rules.Callable;

/** One call of a function of the Snakefile; only the arguments that it accepts are sent. */
public record Call(Callable function, Expect expect, JobArguments arguments) {
    /** What the answer has to be. */
    public enum Expect {
        FILES,
        VALUE
    }
}
