package dev.sluice.app.cli;

import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.engine.journal.HeldElsewhere;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.executor.local.Leftovers;
import dev.sluice.executor.local.SupervisorPlace;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is asked of an earlier run before it is gone on with. */
final class Takeover {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Takeover() {}

    /**
     * The dead run to go on with, since it holds some of these outputs: the newest; null where
     * there is none.
     */
    static @Nullable RunFolder find(Terminal terminal, Path folder, List<String> outputs) {
        List<RunFolder> dead = Hold.abandoned(folder, outputs);
        if (dead.isEmpty()) {
            return null;
        }
        RunFolder newest = dead.getLast();
        terminal.err().println("Going on with run " + newest.id() + ", which was broken off.");
        terminal.err().flush();
        return newest;
    }

    /**
     * Stops what other dead runs left running that would write these outputs: only one run is gone
     * on with.
     */
    static void stopOthers(Terminal terminal, RunFolder self, Path folder, List<String> outputs) {
        for (RunFolder other : Hold.abandoned(folder, outputs)) {
            if (other.id().equals(self.id())) {
                continue;
            }
            // Held, so that nobody goes on with it just now; and let go, since nothing is left.
            try (Hold _ = Hold.take(other, List.of())) {
                Messages.warning(
                        terminal,
                        "run "
                                + other.id()
                                + " was broken off too; what it left running is stopped");
                new Leftovers(other.path()).stop(GRACE);
            }
        }
    }

    /** What an earlier life of the run has made: it is not forced again. */
    record Made(List<String> outputs, List<String> jobs) {
        static final Made NOTHING = new Made(List.of(), List.of());

        Made {
            outputs = List.copyOf(outputs);
            jobs = List.copyOf(jobs);
        }
    }

    static Made made(RunFolder run) {
        Set<String> outputs = new LinkedHashSet<>();
        Set<String> jobs = new LinkedHashSet<>();
        JournalReader.read(
                run.journal(),
                0,
                entry -> {
                    if (entry.fact() instanceof Fact.JobFinished(_, _, JobRecord job)) {
                        job.outputs().forEach(output -> outputs.add(output.path()));
                        jobs.add(job.key().text());
                    }
                });
        return new Made(new ArrayList<>(outputs), new ArrayList<>(jobs));
    }

    /** Whether no attempt of the run is open. */
    static boolean hasNothingOpen(RunFolder run) {
        Set<Key> open = new HashSet<>();
        JournalReader.read(
                run.journal(),
                0,
                entry -> {
                    switch (entry.fact()) {
                        case Fact.AttemptStarted started -> open.add(started.task());
                        case Fact.TaskSettled settled -> open.remove(settled.task());
                        default -> {}
                    }
                });
        return open.isEmpty();
    }

    /**
     * A supervisor on another machine cannot be reached from here, and its jobs must not be started
     * twice.
     */
    static void refuseWhereJobsRunElsewhere(RunFolder run, Path folder, List<String> outputs) {
        refuseWhereItsJobsRunElsewhere(run);
        for (RunFolder other : Hold.unseen(folder, outputs)) {
            refuseWhereItsJobsRunElsewhere(other);
        }
    }

    private static void refuseWhereItsJobsRunElsewhere(RunFolder run) {
        String host = SupervisorPlace.livesOnHost(run.path());
        if (host != null) {
            throw new HeldElsewhere(
                    run.id(),
                    "jobs of run " + run.id() + " still run on " + host + ": go on with it there");
        }
    }
}
