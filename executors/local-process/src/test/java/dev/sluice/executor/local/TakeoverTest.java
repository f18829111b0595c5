package dev.sluice.executor.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.HeardReports;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** One engine goes, or the supervisor does, and another engine comes. */
class TakeoverTest {
    private static final String UNTIL_GO = "while ! test -e go; do sleep 0.02; done; echo x >> ran";

    @TempDir Path workdir;
    private LocalRun run;
    private final HeardReports heard = new HeardReports();
    private final HeardReports later = new HeardReports();

    @BeforeEach
    void makeRunFolder() throws IOException {
        run = LocalRun.in(workdir);
    }

    /** An engine in a process of its own. */
    static final class Engine {
        private Engine() {}

        public static void main(String[] args) throws Exception {
            LocalRun run = new LocalRun(Path.of(args[0]));
            LocalExecutor executor = run.start(reports -> {});
            LocalRun.submit(executor, LocalRun.task("a-1", UNTIL_GO));
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    @Test
    void anEngineThatIsKilledLeavesItsJobsToTheNext() throws Exception {
        Process engine =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Dsluice.python.dir=" + System.getProperty("sluice.python.dir"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Engine.class.getName(),
                                workdir.toString())
                        .inheritIO()
                        .start();
        run.awaitFile("run/logs/a-1");
        engine.destroyForcibly().waitFor();

        try (LocalExecutor executor = run.start(later)) {
            LocalRun.adopt(executor, "a-1");
            assertTrue(LocalRun.isAlive(later.awaitStart("a-1").pid()));
            run.letGo("go");
            assertEquals(new Exit.Code(0), later.awaitEnd("a-1").exit());
        }
        assertEquals("x\n", Files.readString(workdir.resolve("ran")));
    }

    @Test
    void theNextEngineComesToTheSameSupervisor() throws Exception {
        LocalExecutor first = run.start(heard);
        LocalRun.submit(first, LocalRun.task("a-1", UNTIL_GO));
        heard.awaitStart("a-1");
        long supervisor = run.supervisor();
        first.close();
        try (LocalExecutor next = run.start(later)) {
            LocalRun.adopt(next, "a-1");
            later.awaitStart("a-1");
            assertEquals(supervisor, run.supervisor());
            LocalRun.submit(next, LocalRun.task("b-1", "true"));
            assertEquals(new Exit.Code(0), later.awaitEnd("b-1").exit());
            run.letGo("go");
            later.awaitEnd("a-1");
        }
        LocalRun.awaitDeath(supervisor);
        assertFalse(run.exists("run/supervisor.at"));
    }

    @Test
    void anEngineThatWasReplacedTouchesNothing() throws Exception {
        LocalExecutor first = run.start(heard);
        LocalRun.submit(first, LocalRun.task("a-1", UNTIL_GO));
        heard.awaitStart("a-1");
        try (LocalExecutor next = run.start(later)) {
            LocalRun.adopt(next, "a-1");
            later.awaitStart("a-1");
            await().atMost(30, SECONDS).until(() -> !first.offers().healthy());
            LocalRun.submit(first, LocalRun.task("c-1", "touch wrong"));
            first.cancel(List.of("a-1"), Duration.ZERO);
            LocalRun.submit(next, LocalRun.task("b-1", "true"));
            later.awaitEnd("b-1");
            run.letGo("go");
            assertEquals(new Exit.Code(0), later.awaitEnd("a-1").exit());
            assertTrue(next.offers().healthy());
        }
        assertFalse(run.exists("wrong"));
        assertEquals(1, heard.of("a-1").size());
        first.close();
    }

    @Test
    void whatAKilledSupervisorRanIsStoppedBeforeItIsToldLost() throws Exception {
        LocalExecutor first = run.start(heard);
        LocalRun.submit(
                first,
                LocalRun.task("done-1", "exit 6"),
                LocalRun.task(
                        "a-1",
                        "setsid sleep 300 & env -i sleep 300 & echo $$ > pid.new;"
                                + " mv pid.new pid; sleep 300"));
        run.awaitFile("pid");
        heard.awaitEnd("done-1");
        Set<Long> jobs = processesOfTheRun();
        assertEquals(4, jobs.size());
        first.close();
        run.killSupervisor();

        Set<Long> alive = ConcurrentHashMap.newKeySet();
        try (LocalExecutor next =
                run.start(
                        reports -> {
                            if (reports.stream().anyMatch(AttemptReport.Lost.class::isInstance)) {
                                jobs.stream().filter(LocalRun::isAlive).forEach(alive::add);
                            }
                            later.heard(reports);
                        })) {
            LocalRun.adopt(next, "a-1", "done-1", "never-1");
            assertInstanceOf(AttemptReport.Lost.class, later.awaitLastWord("a-1"));
            assertEquals(Set.of(), alive);
            assertEquals(new Exit.Code(6), later.awaitEnd("done-1").exit());
            assertInstanceOf(AttemptReport.NeverStarted.class, later.awaitLastWord("never-1"));
            LocalRun.submit(next, LocalRun.task("a-2", "true"));
            assertEquals(new Exit.Code(0), later.awaitEnd("a-2").exit());
        }
    }

    /** All that the supervisor has started, and what that has, but not itself. */
    private Set<Long> processesOfTheRun() {
        byte[] mark = NativeText.bytes(Leftovers.mark(run.folder()) + "\0");
        long supervisor = run.supervisor();
        Set<Long> found = ConcurrentHashMap.newKeySet();
        await().atMost(30, SECONDS)
                .until(
                        () -> {
                            found.clear();
                            ProcessTable.all().stream()
                                    .filter(p -> p.pid() != supervisor)
                                    .filter(p -> p.session() == supervisor || p.has(mark))
                                    .forEach(p -> found.add(p.pid()));
                            return found.size() == 4;
                        });
        return found;
    }

    @Test
    void aJobOfWhichNoRecordWasWrittenIsLostAndNotNew() throws Exception {
        LocalExecutor first = run.start(heard);
        LocalRun.submit(first, LocalRun.task("a-1", "sleep 300"));
        heard.awaitStart("a-1");
        first.close();
        Path socket = Path.of(Objects.requireNonNull(SupervisorPlace.read(run.folder())).socket());
        run.killSupervisor();
        Files.writeString(run.folder().resolve("supervisor"), "started a-1 p");
        try (LocalExecutor next = run.start(later)) {
            LocalRun.adopt(next, "a-1");
            assertInstanceOf(AttemptReport.Lost.class, later.awaitLastWord("a-1"));
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void theSameEngineGoesOnWithAnotherSupervisorWhenItsOwnIsKilled() throws Exception {
        try (LocalExecutor executor = run.start(heard)) {
            LocalRun.submit(executor, LocalRun.task("a-1", "sleep 300"));
            long job = heard.awaitStart("a-1").pid();
            long supervisor = run.supervisor();
            run.killSupervisor();
            assertInstanceOf(AttemptReport.Lost.class, heard.awaitLastWord("a-1"));
            assertFalse(LocalRun.isAlive(job));
            LocalRun.submit(executor, LocalRun.task("a-2", "true"));
            assertEquals(new Exit.Code(0), heard.awaitEnd("a-2").exit());
            assertNotEquals(supervisor, run.supervisor());
        }
    }

    @Test
    void comingWhileTheSupervisorEndsIsAnsweredAllTheSame() throws Exception {
        for (int i = 0; i < 15; i++) {
            String name = "a-" + i;
            HeardReports reports = new HeardReports();
            LocalExecutor first = run.start(heard);
            LocalRun.submit(first, LocalRun.task(name, "true"));
            heard.awaitStart(name);
            first.close();
            try (LocalExecutor next = run.start(reports)) {
                LocalRun.adopt(next, name);
                assertEquals(new Exit.Code(0), reports.awaitEnd(name).exit());
            }
        }
    }

    @Test
    void comingWhileTheSupervisorStartsIsAnsweredAllTheSame() throws Exception {
        for (int i = 0; i < 8; i++) {
            String name = "a-" + i;
            HeardReports reports = new HeardReports();
            LocalExecutor first = run.start(heard);
            LocalRun.submit(first, LocalRun.task(name, "echo x >> " + name));
            first.close();
            try (LocalExecutor next = run.start(reports)) {
                LocalRun.adopt(next, name);
                boolean ran = !(reports.awaitLastWord(name) instanceof AttemptReport.NeverStarted);
                assertEquals(ran, run.exists(name));
                LocalRun.submit(next, LocalRun.task(name + "-2", "true"));
                assertEquals(new Exit.Code(0), reports.awaitEnd(name + "-2").exit());
            }
        }
    }

    @Test
    void aPlaceThatNobodyIsAtAnyMoreIsTaken() throws Exception {
        Files.writeString(
                run.folder().resolve("supervisor.at"),
                "host\nhost another-boot ns\n1\n1\n/nowhere/socket\n");
        try (LocalExecutor executor = run.start(heard)) {
            LocalRun.submit(executor, LocalRun.task("a-1", "true"));
            assertEquals(new Exit.Code(0), heard.awaitEnd("a-1").exit());
        }
    }

    /** Counts where a list that is searched each time would take too long. */
    private static final class Count implements Executor.Listener {
        private final Set<String> started = ConcurrentHashMap.newKeySet();
        private final Set<String> ended = ConcurrentHashMap.newKeySet();

        @Override
        public void heard(List<AttemptReport> reports) {
            for (AttemptReport report : reports) {
                (report instanceof AttemptReport.Started ? started : ended).add(report.process());
            }
        }
    }

    @Test
    void adoptsTwoThousandAtOnce() {
        List<String> names = IntStream.range(0, 2000).mapToObj(i -> "m" + i + "-1").toList();
        Count before = new Count();
        LocalExecutor first = run.start(before);
        first.submit(names.stream().map(n -> LocalRun.task(n, List.of("sleep", "600"))).toList());
        await().atMost(120, SECONDS).until(() -> before.started.size() == 2000);
        first.close();
        Count after = new Count();
        try (LocalExecutor next = run.start(after)) {
            next.adopt(names.stream().map(n -> new HandedTask(n, List.of(n))).toList());
            await().atMost(60, SECONDS).until(() -> after.started.size() == 2000);
            assertEquals(Set.of(), after.ended);
            next.cancel(names, Duration.ofSeconds(20));
            await().atMost(120, SECONDS).until(() -> after.ended.size() == 2000);
        }
    }
}
