package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The real program is killed again and again in the middle of 200 short jobs, and goes on each time
 * with one command. How often is {@code -Dsluice.crash.kills=30}; the moments come from {@code
 * -Dsluice.crash.seed}, which a failure names.
 */
final class CrashIT {
    private static final int KILLS = Integer.getInteger("sluice.crash.kills", 8);
    private static final long SEED = Long.getLong("sluice.crash.seed", System.nanoTime());
    private static final String CORES = "8";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is killed. */
    private enum Victim {
        ENGINE,
        /** The engine, its helper, and the run's supervisor; half the time its jobs too. */
        ALL
    }

    @TempDir private Path temp;

    private final Random random = new Random(SEED);
    private final Set<String> cut = new LinkedHashSet<>();
    private Sandbox sandbox;
    private ManyJobs jobs;
    private int kills;

    @Test
    void resumeAdoptsWhatRanWhenTheEngineWasKilled(TestReporter reporter) {
        storm(Victim.ENGINE, "resume", "-c", CORES);
        thenNothingRanTwice(reporter);
    }

    @Test
    void aPlainRunAdoptsWhatRanWhenTheEngineWasKilled(TestReporter reporter) {
        storm(Victim.ENGINE, "run", "-c", CORES);
        thenNothingRanTwice(reporter);
    }

    @Test
    void whenTheSupervisorsAreKilledTooOnlyWhatRanRunsAgain(TestReporter reporter) {
        storm(Victim.ALL, "resume", "-c", CORES);
        explained(
                () -> {
                    jobs.areAllRight();
                    SupervisorRecords records = SupervisorRecords.of(sandbox);
                    RunJournal journal = RunJournal.of(sandbox);
                    for (String lost : earlierAttempts()) {
                        assertThat(records.endedWell(lost)).as("end of %s", lost).isFalse();
                    }
                    assertThat(sandbox.lines("started.txt")).doesNotHaveDuplicates();
                    assertThat(journal.finishes().values()).allMatch(times -> times == 1);
                    assertThat(new RunProcesses(sandbox).jobs()).isEmpty();
                    reporter.publishEntry(
                            Map.of(
                                    "seed", SEED + "",
                                    "kills", kills + "",
                                    "run again", earlierAttempts().size() + ""));
                });
    }

    private void thenNothingRanTwice(TestReporter reporter) {
        explained(
                () -> {
                    jobs.areAllRight();
                    assertThat(jobs.startedNames()).hasSize(ManyJobs.JOBS).doesNotHaveDuplicates();
                    assertThat(sandbox.lines("ended.txt")).hasSize(ManyJobs.JOBS);
                    RunJournal journal = RunJournal.of(sandbox);
                    Set<String> adopted = journal.adopted();
                    assertThat(cut).as("attempts that ran at a kill").isNotEmpty();
                    assertThat(adopted).containsAll(cut);
                    assertThat(journal.finishes().values()).allMatch(times -> times == 1);
                    assertThat(journal.resumptions()).isPositive().isLessThanOrEqualTo(kills);
                    assertThat(sandbox.run("-q").isDone().err()).doesNotContain("rule ");
                    assertThat(jobs.startedNames()).hasSize(ManyJobs.JOBS);
                    reporter.publishEntry(
                            Map.of(
                                    "seed", SEED + "",
                                    "kills", kills + "",
                                    "adopted", adopted.size() + ""));
                });
    }

    /** A run that is killed at random moments, and gone on with by {@code words}, to its end. */
    private void storm(Victim victim, String... words) {
        sandbox = new Sandbox(temp);
        jobs = new ManyJobs(sandbox);
        explained(
                () -> {
                    Command.Running engine = sandbox.command("run", "-c", CORES).start();
                    for (int mark : marks()) {
                        if (!comesTo(mark, engine.process())) {
                            break;
                        }
                        kill(victim, engine);
                        engine = sandbox.command(words).start();
                    }
                    engine.end().isDone();
                    assertThat(kills).as("kills before it was done").isGreaterThan(KILLS / 2);
                });
    }

    /** Spread over the whole run; as many as there shall be kills. */
    private Set<Integer> marks() {
        var marks = new TreeSet<Integer>();
        while (marks.size() < KILLS) {
            marks.add(1 + random.nextInt(ManyJobs.JOBS - 10));
        }
        return marks;
    }

    /**
     * Waits until so many jobs have begun, and one more than before, and then a moment; sometimes
     * only for a moment, in which the engine may just read the Snakefile or take over.
     *
     * @return false when the run is over
     */
    private boolean comesTo(int mark, Process engine) {
        boolean early = kills > 0 && random.nextInt(4) == 0;
        int wanted = Math.max(mark, jobs.begun() + 1);
        if (!early) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> jobs.begun() >= wanted || !engine.isAlive());
        }
        try {
            return !engine.waitFor(random.nextInt(early ? 1500 : 150), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void kill(Victim victim, Command.Running engine) {
        List<ProcessHandle> others =
                victim == Victim.ALL ? engine.process().descendants().toList() : List.of();
        engine.signal("KILL");
        if (victim == Victim.ALL) {
            var processes = new RunProcesses(sandbox);
            processes.supervisors().forEach(ProcessHandle::destroyForcibly);
            others.forEach(ProcessHandle::destroyForcibly);
            if (random.nextBoolean()) {
                processes.jobs().forEach(ProcessHandle::destroyForcibly);
            }
        }
        engine.end();
        kills++;
        cut.addAll(jobs.attemptsUnderWay());
    }

    /** All attempts of a job but its last. */
    private List<String> earlierAttempts() {
        var last = new LinkedHashMap<String, String>();
        var earlier = new ArrayList<String>();
        for (String line : sandbox.lines("started.txt")) {
            String before = last.put(ManyJobs.name(line), ManyJobs.attempt(line));
            if (before != null) {
                earlier.add(before);
            }
        }
        return earlier;
    }

    /** What fails says with which seed. */
    private static void explained(Runnable steps) {
        try {
            steps.run();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "with -Dsluice.crash.seed=%d -Dsluice.crash.kills=%d: %s"
                            .formatted(SEED, KILLS, e.getMessage()),
                    e);
        }
    }
}
