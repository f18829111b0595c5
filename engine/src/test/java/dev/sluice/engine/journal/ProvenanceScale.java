package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Writes the journals of runs that each make the same outputs, and loads what they tell. Run by
 * hand, each step in a JVM of its own: the figures belong to the machine.
 */
final class ProvenanceScale {
    private ProvenanceScale() {}

    /** Arguments: {@code write FOLDER OUTPUTS RUNS}, then {@code load FOLDER OUTPUTS}. */
    public static void main(String[] arguments) {
        Path workdir = Path.of(arguments[1]);
        int outputs = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("write")) {
            for (int run = 0; run < Integer.parseInt(arguments[3]); run++) {
                write(workdir, outputs);
            }
            long start = System.nanoTime();
            Provenance provenance = Provenance.load(workdir);
            say("all journals folded", start);
            provenance.save();
            say("… and the snapshot written", start);
        } else {
            load(workdir, outputs);
        }
    }

    private static void load(Path workdir, int outputs) {
        long start = System.nanoTime();
        Provenance provenance = Provenance.load(workdir, "another boot");
        say("loaded " + provenance.size() + " outputs", start);
        int recorded = 0;
        for (int job = 0; job < outputs; job++) {
            recorded += provenance.of(output(job)) == null ? 0 : 1;
        }
        say("… and asked for " + recorded + " of them", start);
    }

    private static void say(String what, long start) {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(
                "%s: %.3f s wall, %.2f s cpu of the whole process%n",
                what, (System.nanoTime() - start) / 1e9, system.getProcessCpuTime() / 1e9);
    }

    private static void write(Path workdir, int outputs) {
        InstantSource clock = InstantSource.system();
        RunFolder folder = RunFolder.create(workdir, clock);
        try (Journal journal = Journal.create(folder.journal(), clock)) {
            var origin = new Fact.Origin(workdir.toString(), "host", "boot");
            journal.append(
                    List.of(
                            new Fact.RunStarted(
                                    List.of("run"), "", "ada", "ada", "1", List.of(), origin)));
            for (int job = 0; job < outputs; job++) {
                journal.append(facts(job));
            }
        }
    }

    private static List<Fact> facts(int job) {
        var key = new Key("%016x".formatted(job * 0x9e3779b97f4a7c15L));
        var wildcards = new LinkedHashMap<String, String>();
        wildcards.put("sample", Integer.toString(job));
        return List.of(
                new Fact.AttemptStarted(
                        key,
                        1,
                        1,
                        "local",
                        Needs.threads(1),
                        List.of(new PlannedJob(key, "align", wildcards, List.of(output(job))))),
                new Fact.AttemptEnded(key, 1, new AttemptEnd.Succeeded()),
                new Fact.JobFinished(key, 1, record(job, key, wildcards)),
                new Fact.TaskSettled(key, 1, new Verdict.Succeeded()));
    }

    private static JobRecord record(int job, Key key, SequencedMap<String, String> wildcards) {
        String sample = "data/samples/" + job + ".fastq";
        return new JobRecord(
                key,
                "align",
                wildcards,
                List.of(
                        new JobRecord.Output(
                                output(job), 123_456L + job, 1_700_000_000_000L + job)),
                new JobRecord.Made(
                        "bwa mem -t 1 data/genome.fa " + sample + " > " + output(job),
                        "%064x".formatted(job * 31L),
                        "%064x".formatted(0x5EED),
                        List.of("'-k 19'", "0.05"),
                        List.of("data/genome.fa", sample),
                        "%064x".formatted(job * 37L),
                        "",
                        List.of(new JobRecord.Checksum(sample, "%064x".formatted(job)))),
                List.of("logs/align/" + job + ".log"),
                ".sluice/runs/20260101-000000-000/logs/" + job,
                new JobRecord.Usage(1_700_000_000_000L, 1_700_000_001_000L, 0, 900, 1 << 20));
    }

    private static String output(int job) {
        return "results/mapped/sample_" + job + ".bam";
    }
}
