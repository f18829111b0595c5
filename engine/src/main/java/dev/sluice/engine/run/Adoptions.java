package dev.sluice.engine.run;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Key;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes over the attempts that an earlier engine handed over and did not live to settle. Asks the
 * executor what became of them; starts nothing. Owned by the run's thread.
 */
final class Adoptions {
    private final Recall recall;
    private final Attempts attempts;
    private final Starter starter;
    private final Records records;
    private final Executor executor;
    private final Announcer announcer;
    private final Consumer<Attempt> over;

    /**
     * @param end what the journal says of its end; null where it may still run
     */
    record Wanted(int task, int number, Recall.Open open, @Nullable AttemptEnd end) {}

    Adoptions(
            Recall recall,
            Attempts attempts,
            Starter starter,
            Records records,
            Executor executor,
            Announcer announcer,
            Consumer<Attempt> over) {
        this.recall = recall;
        this.attempts = attempts;
        this.starter = starter;
        this.records = records;
        this.executor = executor;
        this.announcer = announcer;
        this.over = over;
    }

    /** Those that were never handed over, and those without a process, are over at once. */
    List<Attempt> adopt(List<Wanted> wanted, PlanWorkload workload) {
        List<Attempt> adopted = attempts.adopt(wanted, workload);
        for (int i = 0; i < adopted.size(); i++) {
            if (recall.restartedSince(wanted.get(i).open()) && executor.endsWithThisMachine()) {
                adopted.get(i).lostBecause = "the machine was restarted";
            }
        }
        List<HandedTask> tasks = new ArrayList<>(adopted.size());
        int older = 0;
        for (int i = 0; i < adopted.size(); i++) {
            Attempt attempt = adopted.get(i);
            if (attempt.lostBecause != null) {
                continue;
            }
            List<String> processes = starter.adopt(attempt);
            if (!processes.isEmpty()) {
                tasks.add(new HandedTask(attempt.name, processes, wanted.get(i).open().cores()));
                announcer.adopted(attempt);
                older += attempt.jobs.stream().anyMatch(records::hasOlderText) ? 1 : 0;
            }
        }
        if (older > 0) {
            announcer.note(
                    older
                            + " of the jobs taken over began with other code, params or inputs than"
                            + " the workflow has now: the next run makes their outputs again.");
        }
        executor.adopt(tasks);
        for (Attempt attempt : adopted) {
            if (!attempt.started) {
                over.accept(attempt);
            }
        }
        return adopted;
    }

    static String name(Key task, int number) {
        return task.text() + "-" + number;
    }
}
