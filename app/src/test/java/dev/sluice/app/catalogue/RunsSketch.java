package dev.sluice.app.catalogue;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.host.Submission;
import dev.sluice.engine.journal.Wish;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The server's runs without an engine: a test says what becomes of them. */
public final class RunsSketch implements Runs {
    public static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");

    private final Path data;
    private final SequencedMap<String, HostedRun> all = new TreeMap<>();
    private final SequencedSet<String> active = new TreeSet<>();
    private int incoming;

    /** Thrown by the next {@link #accept} before it does anything. */
    public Runs.@Nullable Refused refusal;

    /** Thrown by {@link #accept} once the run is made: as if the server died there. */
    public @Nullable Error crash;

    /** Whether engines give up as soon as they begin. */
    public boolean endsAtOnce;

    public RunsSketch(Path data) {
        this.data = data;
    }

    /** A run with an empty working folder. */
    public HostedRun add(String owner, String name, String... words) {
        try {
            Path work = incoming();
            Files.writeString(work.resolve("Snakefile"), "");
            return accept(owner, name, List.of(words), work, 17);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void setActive(HostedRun run, boolean isActive) {
        if (isActive) {
            active.add(run.id());
        } else {
            active.remove(run.id());
        }
    }

    @Override
    public synchronized List<HostedRun> list() {
        return List.copyOf(all.sequencedValues().reversed());
    }

    @Override
    public synchronized @Nullable HostedRun find(String id) {
        return all.get(id);
    }

    @Override
    public synchronized HostedRun accept(
            String owner, String name, List<String> words, Path workflow, long bytes) {
        if (refusal != null) {
            throw refusal;
        }
        String id = String.format("20261124-1000%02d-000", all.size());
        Path home = data.resolve("runs").resolve(id);
        var submission =
                new Submission(id, owner, name, words, BEGIN.plusSeconds(all.size()), bytes);
        try {
            Files.createDirectories(home);
            Files.move(workflow, home.resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var run = new HostedRun(submission, home);
        all.put(id, run);
        if (!endsAtOnce) {
            active.add(id);
        }
        if (crash != null) {
            throw crash;
        }
        return run;
    }

    @Override
    public synchronized Path incoming() {
        try {
            return Files.createDirectories(data.resolve("incoming").resolve("" + incoming++));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void resume(HostedRun run, List<String> words) {
        setActive(run, true);
    }

    @Override
    public void cancel(HostedRun run, boolean now) {
        setActive(run, false);
    }

    @Override
    public void wish(HostedRun run, Wish wish) {}

    @Override
    public synchronized void delete(HostedRun run) {
        all.remove(run.id());
        active.remove(run.id());
        try (var files = Files.walk(run.home())) {
            for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized boolean isActive(HostedRun run) {
        return active.contains(run.id());
    }

    @Override
    public String explain(HostedRun run) {
        return "";
    }
}
