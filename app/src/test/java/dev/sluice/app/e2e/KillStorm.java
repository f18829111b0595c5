package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
 * Kills a run of {@link ManyJobs} at random moments and goes on with it each time by the same
 * command, until it is done; then checks that nothing was lost and nothing done twice.
 */
final class KillStorm {
    private static final String CORES = "8";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What is killed. */
    enum Victim {
        ENGINE,
        /** The engine, its helper, and the run's supervisor; half the time its jobs too. */
        ALL
    }

    private final Sandbox sandbox;
    private final Victim victim;
    private final int wanted;
    private final long seed;
    private final Random random;
    private final ManyJobs jobs;
    private final Set<String> cut = new LinkedHashSet<>();
    private int kills;

    KillStorm(Sandbox sandbox, Victim victim, int kills, long seed) {
        this.sandbox = sandbox;
        this.victim = victim;
        wanted = kills;
        this.seed = seed;
        random = new Random(seed);
        jobs = new ManyJobs(sandbox);
    }

    /**
     * To the end.
     *
     * @param command what goes on with the run, such as {@code resume}
     * @return what it came to, for people
     */
    Map<String, String> over(String command) {
        try {
            storm(command);
            return victim == Victim.ENGINE ? nothingRanTwice() : onlyWhatRanRanAgain();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "with -Dsluice.crash.seed=%d -Dsluice.crash.kills=%d: %s"
                            .formatted(seed, wanted, e.getMessage()),
                    e);
        }
    }

    private void storm(String command) {
        Command.Running engine = sandbox.command("run", "-c", CORES).start();
        for (int mark : marks()) {
            if (!comesTo(mark, engine.process())) {
                break;
            }
            kill(engine);
            engine = sandbox.command(command, "-c", CORES).start();
        }
        engine.end().isDone();
        assertThat(kills).as("kills before it was done").isGreaterThan(wanted / 2);
        jobs.areAllRight();
    }

    /** Spread over the whole run; as many as there shall be kills. */
    private Set<Integer> marks() {
        var marks = new TreeSet<Integer>();
        while (marks.size() < wanted) {
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
        int begun = Math.max(mark, jobs.begun() + 1);
        if (!early) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> jobs.begun() >= begun || !engine.isAlive());
        }
        try {
            return !engine.waitFor(random.nextInt(early ? 1500 : 150), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void kill(Command.Running engine) {
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

    private Map<String, String> nothingRanTwice() {
        assertThat(jobs.startedNames()).hasSize(ManyJobs.JOBS).doesNotHaveDuplicates();
        assertThat(sandbox.lines("ended.txt")).hasSize(ManyJobs.JOBS);
        RunJournal journal = RunJournal.of(sandbox);
        Set<String> adopted = journal.adopted();
        assertThat(cut).as("attempts that ran at a kill").isNotEmpty();
        assertThat(adopted).containsAll(cut);
        thenNothingIsLeftToDo(journal);
        return said("adopted", adopted.size());
    }

    private Map<String, String> onlyWhatRanRanAgain() {
        SupervisorRecords records = SupervisorRecords.of(sandbox);
        Set<String> finished = RunJournal.of(sandbox).finishedAttempts();
        List<String> earlier = earlierProcesses();
        for (String lost : earlier) {
            assertThat(finished)
                    .as("attempts that finished")
                    .doesNotContain(ManyJobs.attempt(lost));
            // Of jobs that go together, some may have ended well: they run again together.
            if (ManyJobs.attempt(lost).equals(lost)) {
                assertThat(records.endedWell(lost)).as("%s ended well before", lost).isFalse();
            }
        }
        assertThat(sandbox.lines("started.txt")).doesNotHaveDuplicates();
        assertThat(new RunProcesses(sandbox).jobs()).isEmpty();
        thenNothingIsLeftToDo(RunJournal.of(sandbox));
        return said("run again", earlier.size());
    }

    private void thenNothingIsLeftToDo(RunJournal journal) {
        assertThat(journal.finishes().values()).as("finishes").allMatch(times -> times == 1);
        assertThat(journal.resumptions()).isPositive().isLessThanOrEqualTo(kills);
        int before = sandbox.lines("started.txt").size();
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
        assertThat(sandbox.lines("started.txt")).hasSize(before);
    }

    private Map<String, String> said(String what, int count) {
        var figures = new LinkedHashMap<String, String>();
        figures.put("seed", Long.toString(seed));
        figures.put("kills", Integer.toString(kills));
        figures.put(what, Integer.toString(count));
        return figures;
    }

    /** Those of all attempts of a job but its last. */
    private List<String> earlierProcesses() {
        var last = new LinkedHashMap<String, String>();
        var earlier = new ArrayList<String>();
        for (String line : sandbox.lines("started.txt")) {
            String before = last.put(ManyJobs.name(line), ManyJobs.process(line));
            if (before != null) {
                earlier.add(before);
            }
        }
        return earlier;
    }
}
