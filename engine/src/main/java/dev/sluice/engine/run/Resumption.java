package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Command;
import dev.sluice.engine.schedule.Event;
import dev.sluice.engine.schedule.OpenAttempt;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run that had a life before does at first: ends what the plan does not have any more, takes
 * over the rest, and gives up what is not to be tried again. Owned by the run's thread.
 */
final class Resumption {
    private final Recall recall;
    private final Attempts attempts;
    private final Adoptions adoptions;
    private Orphans orphans;

    Resumption(Recall recall, Attempts attempts, Adoptions adoptions) {
        this.recall = recall;
        this.attempts = attempts;
        this.adoptions = adoptions;
        orphans = new Orphans(List.of(), recall);
    }

    /** Whether something of an earlier life may still run. */
    boolean hasOpen() {
        return recall.hasOpen();
    }

    /** Begins to end attempts whose task is gone. */
    Orphans cancel(List<OpenAttempt> gone, Executor executor, Duration grace) {
        orphans = new Orphans(gone, recall);
        orphans.cancel(executor, grace);
        return orphans;
    }

    /** Whether the report is about one of those. */
    boolean heard(AttemptReport report) {
        return orphans.heard(report);
    }

    /** Tasks that failed for good in an earlier life, and are left at that. */
    List<Event> giveUp(PlanWorkload workload) {
        List<Event> events = new ArrayList<>();
        recall.failed()
                .forEach(
                        (key, reason) -> {
                            int task = workload.find(key);
                            if (task >= 0) {
                                events.add(
                                        new Event.GivenUp(
                                                task,
                                                reason
                                                        + " (before this run was resumed;"
                                                        + " --retry-failed tries it again)"));
                            }
                        });
        return events;
    }

    /**
     * Takes over what these commands ask for: attempts to adopt, and those whose end is on record
     * but was never settled. Others are passed over.
     */
    List<Attempt> adopt(List<Command> commands, PlanWorkload workload) {
        List<Adoptions.Wanted> wanted = new ArrayList<>();
        for (Command command : commands) {
            switch (command) {
                case Command.Adopt(int task, int number, var where) ->
                        wanted.add(wanted(task, number, null, workload));
                case Command.Settle(int task, int number, AttemptEnd end) -> {
                    if (attempts.find(task, number) == null) {
                        wanted.add(wanted(task, number, end, workload));
                    }
                }
                default -> {}
            }
        }
        return wanted.isEmpty() ? List.of() : adoptions.adopt(wanted, workload);
    }

    private Adoptions.Wanted wanted(
            int task, int number, @Nullable AttemptEnd end, PlanWorkload workload) {
        Recall.Open open = recall.openOf(workload.key(task));
        if (open == null || open.attempt() != number) {
            throw new IllegalStateException(
                    "the journal has no open attempt " + number + " of " + workload.key(task));
        }
        return new Adoptions.Wanted(task, number, open, end);
    }
}
