package dev.sluice.app.catalogue;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** A journal of a hosted run, written fact by fact by a test on a clock of its own. */
public final class JournalSketch implements AutoCloseable {
    private final HostedRun run;
    private final Journal journal;
    private long now;

    private JournalSketch(HostedRun run, Instant begin) {
        this.run = run;
        now = begin.toEpochMilli();
        try {
            Files.createDirectories(run.folder().logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        journal = Journal.create(run.folder().journal(), () -> Instant.ofEpochMilli(now));
    }

    /** Begun, with a plan of so many jobs. */
    public static JournalSketch planned(HostedRun run, Instant begin, int jobs) {
        var byRule = new LinkedHashMap<String, Integer>();
        byRule.put("align", jobs);
        return new JournalSketch(run, begin)
                .fact(
                        new Fact.RunStarted(
                                List.of("-c", "2"),
                                "/data/flow",
                                "ada",
                                "ada",
                                "0.1.0",
                                List.of(),
                                Fact.Origin.UNKNOWN))
                .fact(new Fact.PlanMade(jobs, byRule));
    }

    public JournalSketch after(long millis) {
        now += millis;
        return this;
    }

    public JournalSketch fact(Fact fact) {
        journal.append(List.of(fact));
        return this;
    }

    public JournalSketch started(String sample) {
        return fact(
                new Fact.AttemptStarted(
                        key(sample),
                        1,
                        1,
                        "local",
                        new Needs(1, new LinkedHashMap<>()),
                        List.of(
                                new PlannedJob(
                                        key(sample), "align", new LinkedHashMap<>(), List.of()))));
    }

    public JournalSketch running(String sample) {
        return fact(new Fact.AttemptRunning(key(sample), 1));
    }

    public JournalSketch finished(String sample) {
        return fact(new Fact.AttemptEnded(key(sample), 1, new AttemptEnd.Succeeded()))
                .fact(
                        new Fact.JobFinished(
                                key(sample),
                                1,
                                new JobRecord(
                                        key(sample),
                                        "align",
                                        new LinkedHashMap<>(),
                                        List.of(),
                                        new JobRecord.Made(
                                                "", "", "", List.of(), List.of(), "", "",
                                                List.of()),
                                        List.of(),
                                        "",
                                        new JobRecord.Usage(now, now, 0, 1, 1))))
                .fact(new Fact.TaskSettled(key(sample), 1, new Verdict.Succeeded()));
    }

    public JournalSketch failed(String sample) {
        return fact(new Fact.AttemptEnded(key(sample), 1, new AttemptEnd.Failed(3, "exit code 3")))
                .fact(new Fact.TaskSettled(key(sample), 1, new Verdict.Failed("exit code 3")));
    }

    public JournalSketch ended(RunOutcome outcome) {
        return fact(new Fact.RunEnded(outcome));
    }

    public List<Entry> entries() {
        return Journal.read(run.folder().journal());
    }

    @Override
    public void close() {
        journal.close();
    }

    private static Key key(String sample) {
        return new Key(sample.repeat(8));
    }
}
