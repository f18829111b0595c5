package dev.sluice.app.cli;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run's journal says of how to start it again.
 *
 * @param launchFolder where the command was given
 * @param words the command line of its latest life
 * @param planned whether any engine of it came so far as to make a plan
 * @param outcome null where that has none
 */
record EarlierRun(
        RunFolder folder,
        Path launchFolder,
        List<String> words,
        boolean planned,
        @Nullable RunOutcome outcome) {
    boolean hasEnded() {
        return outcome != null;
    }

    /** Null where the journal does not even say how it began. */
    static @Nullable EarlierRun read(RunFolder run) {
        List<Entry> told = new ArrayList<>();
        JournalReader.read(
                run.journal(),
                0,
                entry -> {
                    switch (entry.fact()) {
                        case Fact.RunStarted _,
                                Fact.RunResumed _,
                                Fact.PlanMade _,
                                Fact.RunEnded _ ->
                                told.add(entry);
                        default -> {}
                    }
                });
        EarlierRun earlier = null;
        Path recorded = run.workdir();
        for (Entry entry : told) {
            switch (entry.fact()) {
                case Fact.RunStarted started -> {
                    recorded = Path.of(started.folder());
                    earlier =
                            new EarlierRun(
                                    run,
                                    launch(run, recorded, started.origin()),
                                    started.argv(),
                                    false,
                                    null);
                }
                case Fact.RunResumed resumed ->
                        // Whoever resumes found a plan.
                        earlier =
                                new EarlierRun(
                                        run,
                                        launch(run, recorded, resumed.origin()),
                                        resumed.argv(),
                                        true,
                                        null);
                case Fact.PlanMade _ -> {
                    if (earlier != null) {
                        earlier =
                                new EarlierRun(
                                        run, earlier.launchFolder(), earlier.words(), true, null);
                    }
                }
                case Fact.RunEnded(RunOutcome outcome) -> {
                    if (earlier != null) {
                        earlier =
                                new EarlierRun(
                                        run,
                                        earlier.launchFolder(),
                                        earlier.words(),
                                        earlier.planned(),
                                        outcome);
                    }
                }
                default -> {}
            }
        }
        return earlier;
    }

    /** Where the command was given; found again from the run's folder when both were moved. */
    private static Path launch(RunFolder run, Path recorded, Fact.Origin origin) {
        if (origin.launchFolder().isEmpty()) {
            return run.workdir();
        }
        Path launch = Path.of(origin.launchFolder());
        return run.workdir().equals(recorded)
                ? launch
                : run.workdir().resolve(recorded.relativize(launch)).normalize();
    }
}
