package dev.sluice.benchmarks;

import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.Verdict;

import java.util.List;

/** What a run writes of a local job that goes well. */
final class MadeUpFacts {
    /** So many facts a job. */
    static final int A_JOB = 5;

    private MadeUpFacts() {}

    static List<Fact> of(int job) {
        Key key = MadeUpWorkload.keyOf(job);
        JobRecord record = MadeUpWorkload.record(job);
        return List.of(
                new Fact.AttemptStarted(
                        key, 1, 1, "local", Needs.threads(1), List.of(MadeUpWorkload.planned(job))),
                new Fact.AttemptHandedOver(
                        key,
                        1,
                        List.of(
                                new HandedJob(
                                        key,
                                        "Missing output files: "
                                                + record.outputs().getFirst().path(),
                                        record.made(),
                                        record.logs(),
                                        "",
                                        record.attemptLog(),
                                        List.of(),
                                        List.of(key.text() + "-1"),
                                        record.usage().startMillis()))),
                new Fact.AttemptEnded(key, 1, new AttemptEnd.Succeeded()),
                new Fact.JobFinished(key, 1, record),
                new Fact.TaskSettled(key, 1, new Verdict.Succeeded()));
    }
}
