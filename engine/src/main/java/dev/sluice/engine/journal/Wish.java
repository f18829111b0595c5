package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.Key;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What another process wants of a run that it does not hold. Never a fact: the run's engine decides
 * what comes of it.
 */
public sealed interface Wish {
    /** The last line: a file that was cut short has none. */
    String END = ".";

    /** Stop all that runs, and start nothing more. */
    record CancelRun() implements Wish {}

    /** Stop this task, and what needs it; the rest goes on. */
    record CancelTask(Key task) implements Wish {}

    /** Try this task again, which failed for good, and then what needs it. */
    record RetryTask(Key task) implements Wish {}

    /** As a file holds it. */
    default List<String> lines() {
        return switch (this) {
            case CancelRun() -> List.of("cancel-run", END);
            case CancelTask(Key task) -> List.of("cancel-task", task.text(), END);
            case RetryTask(Key task) -> List.of("retry-task", task.text(), END);
        };
    }

    /** The wish that {@link #lines} wrote, or null where it is damaged or of a later version. */
    static @Nullable Wish of(List<String> lines) {
        boolean whole = !lines.isEmpty() && lines.getLast().equals(END);
        if (whole && lines.size() == 2 && lines.getFirst().equals("cancel-run")) {
            return new CancelRun();
        }
        if (whole && lines.size() == 3 && lines.getFirst().equals("cancel-task")) {
            return new CancelTask(new Key(lines.get(1)));
        }
        if (whole && lines.size() == 3 && lines.getFirst().equals("retry-task")) {
            return new RetryTask(new Key(lines.get(1)));
        }
        return null;
    }
}
