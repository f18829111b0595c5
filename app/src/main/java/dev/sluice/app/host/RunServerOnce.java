package dev.sluice.app.host;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/**
 * How a run's Python for {@code run:} blocks starts, asked once. The workflow's helper hears one
 * thread at a time, which is the run's; jobs are handed over on threads of other runs too.
 */
final class RunServerOnce implements Supplier<List<String>> {
    private final Supplier<List<String>> asked;
    private @Nullable List<String> answer;

    RunServerOnce(Supplier<List<String>> asked) {
        this.asked = asked;
    }

    /** From any thread once {@link #ask} was called. */
    @Override
    public List<String> get() {
        return ask();
    }

    /** From the run's own thread, before the first {@code run:} block waits in line. */
    synchronized List<String> ask() {
        if (answer == null) {
            answer = asked.get();
        }
        return answer;
    }
}
