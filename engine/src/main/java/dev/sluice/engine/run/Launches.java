package dev.sluice.engine.run;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.schedule.Fact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings attempts from the scheduler's word to the executor: waits for their inputs, prepares their
 * files, writes down what is handed over, and hands it over. An attempt that comes to nothing on
 * the way is told as over. Owned by the run's thread.
 */
final class Launches {
    private static final long WAIT_MILLIS = 50;

    private final Starter starter;
    private final Records records;
    private final Executor executor;
    private final Pen pen;
    private final Timers timers;
    private final RunSettings settings;
    private final Consumer<Attempt> over;

    Launches(
            Starter starter,
            Records records,
            Executor executor,
            Pen pen,
            Timers timers,
            RunSettings settings,
            Consumer<Attempt> over) {
        this.starter = starter;
        this.records = records;
        this.executor = executor;
        this.pen = pen;
        this.timers = timers;
        this.settings = settings;
        this.over = over;
    }

    void start(List<Attempt> starts) {
        starter.formatTexts(starts);
        List<Attempt> ready = new ArrayList<>(starts.size());
        long now = System.nanoTime();
        for (Attempt attempt : starts) {
            if (attempt.refusal() != null || starter.missingInputs(attempt).isEmpty()) {
                ready.add(attempt);
            } else {
                waitForInputs(attempt, now);
            }
        }
        launch(ready);
    }

    private void waitForInputs(Attempt attempt, long since) {
        if (attempt.cancelled) {
            over.accept(attempt);
            return;
        }
        List<String> missing = starter.missingInputs(attempt);
        if (missing.isEmpty()) {
            launch(List.of(attempt));
        } else if (System.nanoTime() - since >= settings.latencyWait().toNanos()) {
            attempt.refuse(
                    attempt.jobs.getFirst(),
                    "missing input files after waiting "
                            + settings.latencyWait().toSeconds()
                            + " s (--latency-wait): "
                            + String.join(", ", missing));
            over.accept(attempt);
        } else {
            timers.after(WAIT_MILLIS, () -> waitForInputs(attempt, since));
        }
    }

    /**
     * What overwrites an output waits for the sync: after a power cut, a half-made file in its
     * place must be known to be one.
     */
    private void launch(List<Attempt> ready) {
        List<Attempt> atOnce = new ArrayList<>(ready.size());
        List<Attempt> overwriting = new ArrayList<>();
        for (Attempt attempt : ready) {
            if (attempt.refusal() != null) {
                over.accept(attempt);
            } else {
                (starter.overwrites(attempt) ? overwriting : atOnce).add(attempt);
            }
        }
        handOver(atOnce);
        if (!overwriting.isEmpty()) {
            pen.whenSynced(() -> handOver(overwriting));
        }
    }

    private void handOver(List<Attempt> attempts) {
        List<Attempt> willing = attempts.stream().filter(attempt -> !endedEarly(attempt)).toList();
        List<TaskSpec> tasks = new ArrayList<>(willing.size());
        List<Fact> facts = new ArrayList<>(willing.size());
        for (Attempt attempt : willing) {
            TaskSpec task = starter.prepare(attempt);
            if (task != null) {
                tasks.add(task);
                facts.add(records.handedOver(attempt));
            }
        }
        pen.write(facts);
        if (!tasks.isEmpty()) {
            executor.submit(tasks);
        }
        for (Attempt attempt : willing) {
            if (!attempt.started) {
                over.accept(attempt);
            }
        }
    }

    /** It was cancelled while it waited for the sync. */
    private boolean endedEarly(Attempt attempt) {
        if (attempt.cancelled) {
            over.accept(attempt);
        }
        return attempt.cancelled;
    }
}
