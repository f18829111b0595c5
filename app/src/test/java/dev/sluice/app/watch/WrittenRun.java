package dev.sluice.app.watch;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Budget;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A run's journal and plan file, written by a test as an engine would. */
final class WrittenRun implements AutoCloseable {
    static final long BEGIN = Instant.parse("2026-11-24T10:00:00Z").toEpochMilli();

    private final HostedRun run;
    private final Journal journal;
    private long now;
    private int plans;

    private WrittenRun(HostedRun run, long begin) {
        this.run = run;
        now = begin;
        journal = Journal.create(run.folder().journal(), () -> Instant.ofEpochMilli(now));
        fact(
                new Fact.RunStarted(
                        List.of("-c", "2"),
                        "/data/flow",
                        "ada",
                        "grace",
                        "0.1.0",
                        List.of(),
                        new Fact.Origin("/data", "node1", "b00t")));
    }

    static WrittenRun begun(HostedRun run) {
        return new WrittenRun(run, BEGIN);
    }

    static WrittenRun begunAt(HostedRun run, long millis) {
        return new WrittenRun(run, millis);
    }

    /** With a plan file that has a row for each job, in order. */
    WrittenRun planned(int... jobs) {
        plans++;
        var text = new StringBuilder("{\"format\":1,\"plan\":" + plans + "}\n");
        for (int job : jobs) {
            text.append(line(job));
        }
        try {
            Path next = run.folder().path().resolve("plan.new");
            Files.writeString(next, text);
            Files.move(next, planFile(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made(jobs.length);
    }

    /** As where the plan file could not be written. */
    WrittenRun plannedWithoutFile(int jobs) {
        plans++;
        return made(jobs);
    }

    private WrittenRun made(int jobs) {
        var byRule = new LinkedHashMap<String, Integer>();
        byRule.put("make", jobs);
        return fact(new Fact.PlanMade(jobs, byRule));
    }

    /** A checkpoint's. */
    WrittenRun grown(List<Integer> removed, int... added) {
        var text = new StringBuilder("{\"change\":true,\"removed\":" + removed + "}\n");
        var keys = new ArrayList<Key>();
        for (int job : added) {
            text.append(line(job));
            keys.add(key(job));
        }
        try {
            Files.writeString(planFile(), text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fact(
                new Fact.PlanChanged(List.of(), keys, List.of(), List.of(), new LinkedHashMap<>()));
    }

    WrittenRun resumed() {
        return fact(
                new Fact.RunResumed(List.of("-c", "4"), "bob", "0.2.0", 2, Fact.Origin.UNKNOWN));
    }

    WrittenRun started(int job, int attempt) {
        return startedAt(job, attempt, "local");
    }

    WrittenRun startedAt(int job, int attempt, String executor) {
        fact(
                new Fact.AttemptStarted(
                        key(job),
                        attempt,
                        attempt,
                        executor,
                        Needs.threads(1),
                        List.of(
                                new PlannedJob(
                                        key(job),
                                        rule(job),
                                        new LinkedHashMap<>(),
                                        List.of("out/" + job)))));
        return fact(
                new Fact.AttemptHandedOver(
                        key(job),
                        attempt,
                        List.of(
                                new HandedJob(
                                        key(job),
                                        "",
                                        made(),
                                        List.of("logs/rule.log"),
                                        "",
                                        log(job, attempt),
                                        List.of(),
                                        List.of(),
                                        0))));
    }

    WrittenRun running(int job, int attempt) {
        return fact(new Fact.AttemptRunning(key(job), attempt));
    }

    WrittenRun finished(int job, int attempt) {
        fact(new Fact.AttemptEnded(key(job), attempt, new AttemptEnd.Succeeded()));
        var record =
                new JobRecord(
                        key(job),
                        rule(job),
                        new LinkedHashMap<>(),
                        List.of(),
                        made(),
                        List.of(),
                        log(job, attempt),
                        new JobRecord.Usage(now - 5, now, 0, 1, 2));
        fact(new Fact.JobFinished(key(job), attempt, record));
        return fact(new Fact.TaskSettled(key(job), attempt, new Verdict.Succeeded()));
    }

    WrittenRun failed(int job, int attempt, boolean again) {
        fact(new Fact.AttemptEnded(key(job), attempt, new AttemptEnd.Failed(3, "exit code 3")));
        fact(
                new Fact.JobFailed(
                        key(job),
                        attempt,
                        new JobEnd.Failed(
                                key(job),
                                rule(job),
                                3,
                                "exit code 3",
                                log(job, attempt),
                                List.of())));
        Verdict verdict =
                again ? new Verdict.Again(Budget.RETRIES) : new Verdict.Failed("exit code 3");
        return fact(new Fact.TaskSettled(key(job), attempt, verdict));
    }

    WrittenRun evicted(int job, int attempt) {
        fact(new Fact.AttemptEnded(key(job), attempt, new AttemptEnd.Evicted("quota")));
        return fact(new Fact.TaskSettled(key(job), attempt, new Verdict.Again(Budget.EVICTIONS)));
    }

    WrittenRun ended(RunOutcome outcome) {
        return fact(new Fact.RunEnded(outcome));
    }

    WrittenRun fact(Fact fact) {
        now += 7;
        journal.append(List.of(fact));
        return this;
    }

    /** Where the attempt prints to. */
    Path logFile(int job, int attempt) {
        return run.workdir().resolve(log(job, attempt));
    }

    long size() {
        return journal.size();
    }

    static Key key(int job) {
        return new Key("key" + job);
    }

    @Override
    public void close() {
        journal.close();
    }

    private String log(int job, int attempt) {
        return ".sluice/runs/" + run.id() + "/logs/" + key(job) + "-" + attempt;
    }

    private Path planFile() {
        return run.folder().plan();
    }

    private static String rule(int job) {
        return job % 3 == 0 ? "sort" : "make";
    }

    private static String line(int job) {
        return "{\"k\":\""
                + key(job)
                + "\",\"r\":\""
                + rule(job)
                + "\",\"w\":{\"n\":\""
                + job
                + "\"},\"i\":[],\"o\":[\"out/"
                + job
                + "\"],\"n\":[]}\n";
    }

    private static JobRecord.Made made() {
        return new JobRecord.Made("", "", "", List.of(), List.of(), "", "", List.of());
    }
}
