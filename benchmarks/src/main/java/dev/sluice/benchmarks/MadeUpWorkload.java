package dev.sluice.benchmarks;

import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Chains of equal length, with names as long as real ones. */
final class MadeUpWorkload implements Workload {
    private final Key[] keys;
    private final int chain;

    MadeUpWorkload(int tasks, int chain) {
        keys = new Key[tasks];
        for (int task = 0; task < tasks; task++) {
            keys[task] = keyOf(task);
        }
        this.chain = chain;
    }

    static Key keyOf(int task) {
        return new Key("%016x".formatted(task * 0x9e3779b97f4a7c15L));
    }

    static JobRecord record(int task) {
        return new JobRecord(
                keyOf(task),
                "align",
                wildcards(task),
                List.of(
                        new JobRecord.Output(
                                output(task), 123_456L + task, 1_700_000_000_000_000_000L + task)),
                new JobRecord.Made(
                        "bwa mem -t 1 data/genome.fa data/samples/"
                                + task
                                + ".fastq > "
                                + output(task),
                        "%016x".formatted(task * 31L),
                        "%016x".formatted(0x5EED),
                        List.of("'-k 19'", "0.05"),
                        List.of("data/genome.fa", "data/samples/" + task + ".fastq"),
                        "%016x".formatted(task * 37L),
                        "",
                        List.of(
                                new JobRecord.Checksum(
                                        "data/samples/" + task + ".fastq",
                                        "%064x".formatted(task)))),
                List.of("logs/align/" + task + ".log"),
                ".sluice/runs/20260101-000000-000/logs/" + task,
                new JobRecord.Usage(
                        1_700_000_000_000L + task, 1_700_000_001_000L + task, 0, 900, 1 << 20));
    }

    static PlannedJob planned(int task) {
        return new PlannedJob(keyOf(task), "align", wildcards(task), List.of(output(task)));
    }

    private static String output(int task) {
        return "results/mapped/sample_" + task + ".bam";
    }

    private static SequencedMap<String, String> wildcards(int task) {
        var wildcards = new LinkedHashMap<String, String>();
        wildcards.put("sample", Integer.toString(task));
        return wildcards;
    }

    @Override
    public int taskCount() {
        return keys.length;
    }

    @Override
    public Key key(int task) {
        return keys[task];
    }

    @Override
    public int needCount(int task) {
        return task % chain == 0 ? 0 : 1;
    }

    @Override
    public int need(int task, int index) {
        return task - 1;
    }

    @Override
    public int dependentCount(int task) {
        return (task + 1) % chain == 0 || task + 1 == keys.length ? 0 : 1;
    }

    @Override
    public int dependent(int task, int index) {
        return task + 1;
    }

    @Override
    public int priority(int task) {
        return 0;
    }

    @Override
    public int retries(int task) {
        return 0;
    }

    @Override
    public boolean checkpoint(int task) {
        return false;
    }

    @Override
    public List<PlannedJob> jobs(int task) {
        return List.of(planned(task));
    }
}
