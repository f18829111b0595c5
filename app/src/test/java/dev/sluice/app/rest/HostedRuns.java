package dev.sluice.app.rest;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Runs that no engine works on: remembers what was asked of them, for a test to look at. */
final class HostedRuns implements Runs {
    private final Path data;
    private final SequencedMap<String, HostedRun> runs = new LinkedHashMap<>();
    private int incoming;

    final Set<String> active = new LinkedHashSet<>();

    /** What was asked, one sentence a call. */
    final List<String> asked = new ArrayList<>();

    @Nullable Refused refusal;

    HostedRuns(Path data) {
        this.data = data;
    }

    /** A run whose working folder is there already. */
    synchronized HostedRun add(String id, String owner, String name) {
        var submission =
                new Submission(
                        id,
                        owner,
                        name,
                        List.of("-c", "2"),
                        Instant.parse("2026-11-24T09:59:00Z"),
                        1234);
        var run = new HostedRun(submission, data.resolve("runs").resolve(id));
        make(run.workdir());
        runs.put(id, run);
        return run;
    }

    /** The folders of uploads that are still there. */
    List<Path> arriving() {
        Path folder = data.resolve("incoming");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized List<HostedRun> list() {
        return List.copyOf(runs.sequencedValues().reversed());
    }

    @Override
    public synchronized @Nullable HostedRun find(String id) {
        return runs.get(id);
    }

    @Override
    public HostedRun accept(
            String owner, String name, List<String> words, Path workflow, long bytes) {
        refuseIfTold();
        asked.add("accept " + owner + " " + name + " " + words + " " + bytes);
        HostedRun run = add("20261124-120000-00" + asked.size(), owner, name);
        try {
            Files.delete(run.workdir());
            Files.move(workflow, run.workdir());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return run;
    }

    @Override
    public synchronized Path incoming() {
        return make(data.resolve("incoming").resolve("upload-" + incoming++));
    }

    @Override
    public void resume(HostedRun run, List<String> words) {
        refuseIfTold();
        asked.add("resume " + run.id() + " " + words);
    }

    @Override
    public void cancel(HostedRun run, boolean now) {
        refuseIfTold();
        asked.add("cancel " + run.id() + " " + now);
    }

    @Override
    public void wish(HostedRun run, Wish wish) {
        refuseIfTold();
        asked.add("wish " + run.id() + " " + wish);
    }

    @Override
    public void delete(HostedRun run) {
        refuseIfTold();
        asked.add("delete " + run.id());
    }

    @Override
    public boolean isActive(HostedRun run) {
        return active.contains(run.id());
    }

    @Override
    public String explain(HostedRun run) {
        return "";
    }

    private void refuseIfTold() {
        if (refusal != null) {
            throw refusal;
        }
    }

    private static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
