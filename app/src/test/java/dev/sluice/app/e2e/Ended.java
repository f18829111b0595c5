package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/** How a call of the program ended, and what it said. */
record Ended(int code, String out, String err) {

    /** Checks the exit code; a failure shows what was said. No call may show a stack trace. */
    Ended hasCode(int expected) {
        assertThat(code).as("exit code; it said:\n%s%s", out, err).isEqualTo(expected);
        assertThat(out + err).doesNotContain("\tat ").doesNotContain("Traceback (most");
        return this;
    }

    Ended isDone() {
        return hasCode(0);
    }
}
