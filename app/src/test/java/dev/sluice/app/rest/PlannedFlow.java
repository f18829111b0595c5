package dev.sluice.app.rest;

import dev.sluice.app.runs.RunSketch;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.journal.RunFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run of three jobs of {@code align} and the {@code all} that needs them, with its plan file: A
 * finished, B failed at its second attempt, C runs, {@code all} waits.
 */
final class PlannedFlow {
    static final Job A = Job.align("A");
    static final Job B = Job.align("B");
    static final Job C = Job.align("C");
    static final String ALL = "allallall";

    private static final String PLAN =
            """
            {"format":1,"plan":1}
            {"k":"aaaaaaaa","r":"align","w":{"sample":"A"},"i":["reads/A.fq"],"o":["out/A.bam"],"n":[]}
            {"k":"bbbbbbbb","r":"align","w":{"sample":"B"},"i":["reads/B.fq"],"o":["out/B.bam"],"n":[]}
            {"k":"cccccccc","r":"align","w":{"sample":"C"},"i":["reads/C.fq"],"o":["out/C.bam"],"n":[]}
            {"k":"allallall","r":"all","w":{},"i":["out/A.bam","out/B.bam","out/C.bam"],"o":[],"n":[0,1,2]}
            """;

    private PlannedFlow() {}

    static void make(Path workdir) {
        try (RunSketch sketch = RunSketch.planned(workdir, 4)) {
            plan(sketch.run(), PLAN);
            go(sketch);
        }
    }

    /** As after a disk that was full. */
    static void makeWithoutPlan(Path workdir) {
        try (RunSketch sketch = RunSketch.planned(workdir, 4)) {
            go(sketch);
        }
    }

    private static void go(RunSketch sketch) {
        sketch.running(A, 1).printed(A, 1, "aligning the grün").finished(A, 1);
        sketch.running(B, 1).failedOnce(B, 1).running(B, 2).failed(B, 2);
        sketch.running(C, 1);
    }

    static void plan(RunFolder run, String lines) {
        try {
            Files.writeString(run.path().resolve("plan"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
