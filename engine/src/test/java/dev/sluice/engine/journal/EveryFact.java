package dev.sluice.engine.journal;

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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A fact of each kind, with each kind of what it may hold. The golden journal of the present
 * version was written from these.
 */
final class EveryFact {
    static final Key KEY = new Key("0123456789abcdef");

    private EveryFact() {}

    static List<Fact> all() {
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact.RunStarted(
                        List.of("run", "-c4", "täst"),
                        "/data/köln",
                        "ada",
                        "grace",
                        "0.1.0",
                        List.of("HOME", "PATH"),
                        new Fact.Origin("/home/ada", "köln-1", "b007")));
        facts.add(
                new Fact.RunResumed(
                        List.of("resume"), "ada", "0.2.0", 2, new Fact.Origin("/", "h", "b")));
        facts.add(new Fact.PlanMade(3, map("align", 2, "all", 1)));
        facts.add(
                new Fact.AttemptStarted(
                        KEY,
                        1,
                        1,
                        "local",
                        new Needs(4, map("mem_mb", 1L << 40, "disk_mb", -1L)),
                        List.of(
                                new PlannedJob(
                                        KEY,
                                        "align",
                                        map("sample", "A", "lane", "1"),
                                        List.of("A.bam", "A.bai")))));
        facts.add(
                new Fact.AttemptHandedOver(
                        KEY,
                        1,
                        List.of(
                                new HandedJob(
                                        KEY,
                                        "Missing output files: A.bam",
                                        made(),
                                        List.of("logs/A.log"),
                                        ".snakemake/shadow/x",
                                        ".sluice/runs/r/logs/x-1",
                                        List.of("/data/köln/.snakemake/scripts/s.py"),
                                        List.of("x-1.1", "x-1.2"),
                                        1_700_000_000_000L))));
        facts.add(new Fact.AttemptRunning(KEY, 1));
        facts.add(new Fact.AttemptDisowned(KEY, 1));
        ends().forEach(end -> facts.add(new Fact.AttemptEnded(KEY, 1, end)));
        facts.add(new Fact.JobFinished(KEY, 1, job()));
        facts.add(
                new Fact.JobFailed(
                        KEY,
                        2,
                        new JobEnd.Failed(
                                KEY, "align", 137, "killed", "logs/x", List.of("A.bam"))));
        verdicts().forEach(verdict -> facts.add(new Fact.TaskSettled(KEY, 2, verdict)));
        facts.add(
                new Fact.PlanChanged(
                        List.of(KEY),
                        List.of(new Key("a")),
                        List.of(new Key("b")),
                        List.of(new Key("c")),
                        map("align", -1)));
        facts.add(new Fact.TempDeleted(List.of("tmp/1", "tmp/2")));
        facts.add(new Fact.OutputsTouched(List.of(new JobRecord.Output("A.bam", 5, 6))));
        facts.add(new Fact.OutputsForgotten(List.of("A.bai")));
        facts.add(new Fact.Warned("slow disk"));
        facts.add(new Fact.StopRequested(true));
        facts.add(new Fact.RetryRequested(KEY));
        for (RunOutcome outcome : RunOutcome.values()) {
            facts.add(new Fact.RunEnded(outcome));
        }
        return facts;
    }

    private static List<AttemptEnd> ends() {
        return List.of(
                new AttemptEnd.Succeeded(),
                new AttemptEnd.Failed(1, "exit code 1"),
                new AttemptEnd.Evicted("preempted"),
                new AttemptEnd.Lost("node gone"),
                new AttemptEnd.StagingFailed("no network"),
                new AttemptEnd.NeverStarted(),
                new AttemptEnd.Cancelled());
    }

    private static List<Verdict> verdicts() {
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(new Verdict.Succeeded());
        for (Budget budget : Budget.values()) {
            verdicts.add(new Verdict.Again(budget));
        }
        verdicts.add(new Verdict.Failed("too often"));
        verdicts.add(new Verdict.Cancelled());
        return verdicts;
    }

    private static JobRecord job() {
        return new JobRecord(
                KEY,
                "align",
                map("sample", "A"),
                List.of(new JobRecord.Output("A.bam", 1L << 33, 1_700_000_000_123_456_789L)),
                made(),
                List.of("logs/A.log"),
                ".sluice/runs/r/logs/x-1",
                new JobRecord.Usage(1_700_000_000_000L, 1_700_000_001_000L, 0, 900, -1));
    }

    private static JobRecord.Made made() {
        return new JobRecord.Made(
                "bwa mem ref A.fq > A.bam",
                "c0ffee",
                "c0de",
                List.of("'-k'", "19"),
                List.of("A.fq", "ref.fa"),
                "1npu7",
                "conda: bwa",
                List.of(new JobRecord.Checksum("A.fq", "e3b0c442")));
    }

    private static <V> SequencedMap<String, V> map(String key, V value) {
        var map = new LinkedHashMap<String, V>();
        map.put(key, value);
        return map;
    }

    private static <V> SequencedMap<String, V> map(
            String key, V value, String otherKey, V otherValue) {
        var map = map(key, value);
        map.put(otherKey, otherValue);
        return map;
    }
}
