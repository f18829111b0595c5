package dev.sluice.app.cli;

import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Holder;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder and the journal of a run. Its first fact is written before the Snakefile is read, so
 * that a run that dies while it is planned is on record too. A run that came to nothing, for there
 * was nothing to do or the Snakefile is wrong, leaves no trace.
 */
final class RunRecord implements AutoCloseable {
    private final RunFolder folder;
    private final Journal journal;
    private final boolean resumed;
    private boolean kept;

    private RunRecord(RunFolder folder, Journal journal, boolean resumed) {
        this.folder = folder;
        this.journal = journal;
        this.resumed = resumed;
        this.kept = resumed;
    }

    /** Begins a run in {@code workdir}. */
    static RunRecord begin(
            Path workdir, RunOptions options, List<String> words, Surroundings around) {
        RunFolder folder = around.newRun(workdir);
        var record =
                new RunRecord(folder, Journal.create(folder.journal(), Clock.systemUTC()), false);
        record.kept = around.remembersAll();
        record.journal.append(
                List.of(
                        new Fact.RunStarted(
                                words,
                                workdir.toString(),
                                System.getProperty("user.name", ""),
                                around.owner(),
                                CommandLine.VERSION,
                                options.environment().keySet().stream().sorted().toList(),
                                Holder.self().origin(options.launchFolder()))));
        return record;
    }

    /** Goes on with an earlier run, for whoever holds it alone. */
    static RunRecord goOn(
            RunFolder folder,
            RunOptions options,
            List<String> words,
            long epoch,
            InstantSource clock) {
        var record = new RunRecord(folder, Journal.resume(folder.journal(), clock), true);
        record.journal.append(
                List.of(
                        new Fact.RunResumed(
                                words,
                                System.getProperty("user.name", ""),
                                CommandLine.VERSION,
                                epoch,
                                Holder.self().origin(options.launchFolder()))));
        return record;
    }

    RunFolder folder() {
        return folder;
    }

    Journal journal() {
        return journal;
    }

    /** Whether it had a life before. */
    boolean isResumed() {
        return resumed;
    }

    /** It turned out to be another run's. */
    void forget() {
        kept = false;
    }

    /** From here on the run is worth remembering. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        journal.close();
        // Somebody who took it for a dead one may hold it by now.
        if (!kept && Hold.standingOf(folder) == Hold.Standing.NOBODY) {
            remove(folder.path());
        }
    }

    private static void remove(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }
}
