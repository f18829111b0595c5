package dev.sluice.app.says;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.host.Submission;
import dev.sluice.app.runs.RunSketch;
import dev.sluice.engine.journal.Wish;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs of a server that no engine runs: tests write their journals, and see what is asked. */
public final class SketchedRuns implements Runs {
    private final Path data;
    private final List<HostedRun> all = new CopyOnWriteArrayList<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();

    /** What was asked, such as {@code cancel ID now}. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** What comes of a cancellation. */
    public volatile Runnable whenCancelled = () -> {};

    public volatile String explanation = "";

    public SketchedRuns(Path data) {
        this.data = data;
    }

    /** Where the next run of this name is to work. */
    public Path workdir(String name) {
        return data.resolve("runs").resolve(name).resolve("work");
    }

    public HostedRun host(RunSketch sketch, String owner) {
        return host(sketch.id(), sketch.run().workdir(), owner);
    }

    public HostedRun host(String id, Path workdir, String owner) {
        Path home = workdir.toAbsolutePath().getParent();
        if (home == null) {
            throw new IllegalArgumentException("no home for " + workdir);
        }
        var run =
                new HostedRun(
                        new Submission(id, owner, "a test", List.of("-c", "2"), Instant.EPOCH, 100),
                        home);
        all.add(run);
        return run;
    }

    public void activate(HostedRun run) {
        active.add(run.id());
    }

    public void rest(HostedRun run) {
        active.remove(run.id());
    }

    @Override
    public List<HostedRun> list() {
        return all.stream().sorted(Comparator.comparing(HostedRun::id).reversed()).toList();
    }

    @Override
    public @Nullable HostedRun find(String id) {
        return all.stream().filter(run -> run.id().equals(id)).findFirst().orElse(null);
    }

    @Override
    public HostedRun accept(
            String owner, String name, List<String> words, Path workflow, long bytes) {
        throw new UnsupportedOperationException("accept");
    }

    @Override
    public Path incoming() {
        throw new UnsupportedOperationException("incoming");
    }

    @Override
    public void resume(HostedRun run, List<String> words) {
        if (isActive(run)) {
            throw new Refused(Refused.Why.NOT_NOW, "run " + run.id() + " goes on already");
        }
        asked.add("resume " + run.id() + " " + String.join(" ", words));
    }

    @Override
    public void cancel(HostedRun run, boolean now) {
        asked.add("cancel " + run.id() + (now ? " now" : ""));
        whenCancelled.run();
    }

    @Override
    public void wish(HostedRun run, Wish wish) {
        asked.add("wish " + run.id() + " " + wish);
        whenCancelled.run();
    }

    @Override
    public void delete(HostedRun run) {
        throw new UnsupportedOperationException("delete");
    }

    @Override
    public boolean isActive(HostedRun run) {
        return active.contains(run.id());
    }

    @Override
    public String explain(HostedRun run) {
        return explanation;
    }
}
