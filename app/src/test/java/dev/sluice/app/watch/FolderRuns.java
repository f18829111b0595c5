package dev.sluice.app.watch;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Runs in folders that a test fills: no engine is at work, whatever a test says. */
final class FolderRuns implements Runs {
    private final Path data;
    private final Map<String, HostedRun> runs = new ConcurrentSkipListMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();

    FolderRuns(Path data) {
        this.data = data;
    }

    /** A run of that id; an engine seems to be at work on it. */
    HostedRun add(String id, String owner) {
        var submission =
                new Submission(
                        id, owner, "the " + id, List.of("-c", "2"), Instant.ofEpochMilli(1), 42);
        var run = new HostedRun(submission, data.resolve(id));
        try {
            Files.createDirectories(run.folder().logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        active.add(id);
        runs.put(id, run);
        return run;
    }

    void setActive(HostedRun run, boolean isActive) {
        if (isActive) {
            active.add(run.id());
        } else {
            active.remove(run.id());
        }
    }

    @Override
    public List<HostedRun> list() {
        return List.copyOf(runs.values()).reversed();
    }

    @Override
    public @Nullable HostedRun find(String id) {
        return runs.get(id);
    }

    @Override
    public void delete(HostedRun run) {
        runs.remove(run.id());
    }

    @Override
    public boolean isActive(HostedRun run) {
        return active.contains(run.id());
    }

    @Override
    public String explain(HostedRun run) {
        return "";
    }

    @Override
    public HostedRun accept(
            String owner, String name, List<String> words, Path workflow, long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path incoming() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(HostedRun run, List<String> words) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel(HostedRun run, boolean now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void wish(HostedRun run, Wish wish) {
        throw new UnsupportedOperationException();
    }
}
