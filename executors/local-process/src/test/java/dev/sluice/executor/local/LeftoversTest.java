package dev.sluice.executor.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.execute.HeardReports;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.execute.Work;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class LeftoversTest {
    private static final Duration GRACE = Duration.ofSeconds(2);

    @TempDir Path workdir;
    private final HeardReports heard = new HeardReports();

    @BeforeEach
    void makeRunFolder() throws IOException {
        Files.createDirectories(run().resolve("logs"));
    }

    private Path run() {
        return workdir.resolve("run");
    }

    /** A job with a child that is in a session of its own; their process ids. */
    private List<Long> startJob(LocalExecutor executor) throws IOException {
        return startJob(
                executor, "setsid sleep 300 & echo $$ $! > pids.new; mv pids.new pids; sleep 300");
    }

    private List<Long> startJob(LocalExecutor executor, String command) throws IOException {
        Work work = new Work.Command(List.of("sh", "-c", command));
        executor.submit(
                List.of(
                        new TaskSpec(
                                "a-1",
                                List.of(
                                        ProcessSpec.alone(
                                                "a-1",
                                                work,
                                                Environment.UNCHANGED,
                                                "run/logs/a-1")))));
        await().atMost(20, SECONDS).until(() -> Files.exists(workdir.resolve("pids")));
        List<Long> pids = new ArrayList<>();
        for (String pid : Files.readString(workdir.resolve("pids")).strip().split(" ", -1)) {
            pids.add(Long.valueOf(pid));
        }
        return pids;
    }

    private ProcessHandle supervisor() {
        return ProcessHandle.of(new LocalRun(workdir).supervisor()).orElseThrow();
    }

    private static boolean isAlive(long pid) {
        return ProcessTable.of(pid) != null;
    }

    private static void awaitEnd(List<Long> pids) {
        await().atMost(10, SECONDS).until(() -> pids.stream().noneMatch(LeftoversTest::isAlive));
    }

    @Test
    void stopsWhatAnEngineThatIsGoneLeftRunning() throws IOException {
        LocalExecutor executor =
                LocalExecutor.start(LocalExecutorContractTest.settings(workdir, run()), heard);
        List<Long> pids = startJob(executor);
        ProcessHandle supervisor = supervisor();
        executor.close();

        new Leftovers(run()).stop(GRACE);

        awaitEnd(pids);
        await().atMost(10, SECONDS).until(() -> !supervisor.isAlive());
        assertTrue(Files.readString(run().resolve("supervisor")).contains("ended a-1 signal=15"));
    }

    @Test
    void whenTheSupervisorIsKilledItsJobsAreStoppedBeforeTheyAreToldLost() throws IOException {
        LocalExecutor executor =
                LocalExecutor.start(LocalExecutorContractTest.settings(workdir, run()), heard);
        List<Long> pids = startJob(executor);
        supervisor().destroyForcibly();

        assertInstanceOf(AttemptReport.Lost.class, heard.awaitLastWord("a-1"));
        assertFalse(isAlive(pids.getFirst()));
        awaitEnd(pids);
        executor.close();
    }

    @Test
    void aGroupGoesAlsoWhereItsMembersDroppedTheirEnvironment() throws IOException {
        LocalExecutor executor =
                LocalExecutor.start(LocalExecutorContractTest.settings(workdir, run()), heard);
        List<Long> pids =
                startJob(
                        executor,
                        "env -i sleep 300 & echo $$ $! > pids.new; mv pids.new pids; sleep 300");
        ProcessHandle supervisor = supervisor();
        executor.close();
        supervisor.destroyForcibly();
        await().atMost(10, SECONDS).until(() -> !isAlive(supervisor.pid()));
        // Its leader is gone too: nothing but the session shows whose the other one is.
        ProcessHandle.of(pids.getFirst()).orElseThrow().destroyForcibly();

        new Leftovers(run()).stop(GRACE);

        awaitEnd(pids);
    }

    @Test
    void whatDoesNotListenIsEndedByForce() throws IOException {
        LocalExecutor executor =
                LocalExecutor.start(LocalExecutorContractTest.settings(workdir, run()), heard);
        List<Long> pids =
                startJob(
                        executor,
                        "trap '' TERM; echo $$ $$ > pids.new; mv pids.new pids;"
                                + " while :; do sleep 0.05; done");
        ProcessHandle supervisor = supervisor();
        executor.close();
        supervisor.destroyForcibly();
        await().atMost(10, SECONDS).until(() -> !isAlive(supervisor.pid()));

        new Leftovers(run()).stop(Duration.ofMillis(300));

        awaitEnd(pids);
    }

    @Test
    void findsOrphansByTheirMarkAndLeavesOtherRunsAlone() throws IOException {
        Process orphan = marked(run());
        Process other = marked(workdir.resolve("run2"));
        try {
            new Leftovers(run()).stop(GRACE);
            await().atMost(10, SECONDS).until(() -> !orphan.isAlive());
            assertTrue(other.isAlive());
        } finally {
            orphan.destroyForcibly();
            other.destroyForcibly();
        }
    }

    private static Process marked(Path run) throws IOException {
        var builder = new ProcessBuilder("sleep", "300");
        String mark = Leftovers.mark(run);
        int equals = mark.indexOf('=');
        builder.environment().put(mark.substring(0, equals), mark.substring(equals + 1));
        return builder.start();
    }
}
