package dev.sluice.app.runs;

import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
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
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** A run as its journal has it, written fact by fact by a test on a clock of its own. */
public final class RunSketch implements AutoCloseable {
    public static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");

    private final RunFolder run;
    private final Journal journal;
    private long now;

    /** The job {@code align:sample=SAMPLE}, whose key is eight times the sample's letter. */
    public record Job(
            Key key, String rule, SequencedMap<String, String> wildcards, List<String> outputs) {
        public static Job align(String sample) {
            var wildcards = new LinkedHashMap<String, String>();
            wildcards.put("sample", sample);
            return new Job(
                    new Key(sample.toLowerCase(Locale.ROOT).repeat(8)),
                    "align",
                    wildcards,
                    List.of("out/" + sample + ".bam"));
        }

        public PlannedJob planned() {
            return new PlannedJob(key, rule, wildcards, outputs);
        }
    }

    private RunSketch(Path workdir, Instant begin) {
        now = begin.toEpochMilli();
        run = RunFolder.create(workdir, () -> Instant.ofEpochMilli(now));
        journal = Journal.create(run.journal(), () -> Instant.ofEpochMilli(now));
    }

    /** Begun at {@link #BEGIN} by {@code sluice run -c 2}, with a plan. */
    public static RunSketch planned(Path workdir, int jobs) {
        return planned(workdir, BEGIN, jobs);
    }

    public static RunSketch planned(Path workdir, Instant begin, int jobs) {
        var sketch = begun(workdir, begin);
        var byRule = new LinkedHashMap<String, Integer>();
        byRule.put("align", jobs);
        return sketch.fact(new Fact.PlanMade(jobs, byRule));
    }

    public static RunSketch begun(Path workdir, Instant begin) {
        return new RunSketch(workdir, begin)
                .fact(
                        new Fact.RunStarted(
                                List.of("-c", "2"),
                                "/data/flow",
                                "ada",
                                "grace",
                                "0.1.0",
                                List.of("HOME"),
                                new Fact.Origin("/data", "node1", "b00t")));
    }

    public RunFolder run() {
        return run;
    }

    public String id() {
        return run.id();
    }

    public Instant now() {
        return Instant.ofEpochMilli(now);
    }

    public RunSketch after(long millis) {
        now += millis;
        return this;
    }

    public RunSketch fact(Fact fact) {
        journal.append(List.of(fact));
        return this;
    }

    public RunSketch resumed() {
        var byRule = new LinkedHashMap<String, Integer>();
        byRule.put("align", 1);
        fact(
                new Fact.RunResumed(
                        List.of("-c", "4"),
                        "bob",
                        "0.2.0",
                        2,
                        new Fact.Origin("/data/flow", "node2", "b00t")));
        return fact(new Fact.PlanMade(1, byRule));
    }

    public RunSketch started(Job job, int attempt) {
        var resources = new LinkedHashMap<String, Long>();
        resources.put("mem_mb", 100L);
        return fact(new Fact.AttemptStarted(
                        job.key(),
                        attempt,
                        attempt,
                        "local",
                        new Needs(2, resources),
                        List.of(job.planned())))
                .fact(
                        new Fact.AttemptHandedOver(
                                job.key(),
                                attempt,
                                List.of(
                                        new HandedJob(
                                                job.key(),
                                                "Missing output files: " + job.outputs().getFirst(),
                                                made(job),
                                                List.of(),
                                                "",
                                                log(job, attempt),
                                                List.of(),
                                                List.of(job.key() + "-" + attempt),
                                                now))));
    }

    public RunSketch running(Job job, int attempt) {
        return started(job, attempt).fact(new Fact.AttemptRunning(job.key(), attempt));
    }

    /** Appends to what the attempt printed. */
    public RunSketch printed(Job job, int attempt, String text) {
        try {
            Files.writeString(
                    run.workdir().resolve(log(job, attempt)),
                    text,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ended as it should, a second and a half after it began. */
    public RunSketch finished(Job job, int attempt) {
        long began = now;
        after(1500);
        return fact(new Fact.AttemptEnded(job.key(), attempt, new AttemptEnd.Succeeded()))
                .fact(
                        new Fact.JobFinished(
                                job.key(),
                                attempt,
                                new JobRecord(
                                        job.key(),
                                        job.rule(),
                                        job.wildcards(),
                                        job.outputs().stream()
                                                .map(path -> new JobRecord.Output(path, 12, 34))
                                                .toList(),
                                        made(job),
                                        List.of("logs/align.log"),
                                        log(job, attempt),
                                        new JobRecord.Usage(began, now, 0, 900, 25_000_000))))
                .fact(new Fact.TaskSettled(job.key(), attempt, new Verdict.Succeeded()));
    }

    public RunSketch failed(Job job, int attempt) {
        return failure(job, attempt, new Verdict.Failed("exit code 3"));
    }

    public RunSketch failedOnce(Job job, int attempt) {
        return failure(job, attempt, new Verdict.Again(Budget.RETRIES));
    }

    private RunSketch failure(Job job, int attempt, Verdict verdict) {
        after(500);
        return fact(new Fact.AttemptEnded(
                        job.key(), attempt, new AttemptEnd.Failed(3, "exit code 3")))
                .fact(
                        new Fact.JobFailed(
                                job.key(),
                                attempt,
                                new JobEnd.Failed(
                                        job.key(),
                                        job.rule(),
                                        3,
                                        "exit code 3",
                                        log(job, attempt),
                                        List.of())))
                .fact(new Fact.TaskSettled(job.key(), attempt, verdict));
    }

    public RunSketch ended(RunOutcome outcome) {
        return fact(new Fact.RunEnded(outcome));
    }

    @Override
    public void close() {
        journal.close();
    }

    private String log(Job job, int attempt) {
        return ".sluice/runs/" + run.id() + "/logs/" + job.key() + "-" + attempt;
    }

    private static JobRecord.Made made(Job job) {
        String sample = job.wildcards().getOrDefault("sample", "");
        return new JobRecord.Made(
                "bwa reads/" + sample + ".fq > out/" + sample + ".bam",
                "c0ffee",
                "c0de",
                List.of("'-k'", "19"),
                List.of("reads/" + sample + ".fq"),
                "1npu7",
                "",
                List.of(new JobRecord.Checksum("reads/" + sample + ".fq", "e3b0c442")));
    }
}
