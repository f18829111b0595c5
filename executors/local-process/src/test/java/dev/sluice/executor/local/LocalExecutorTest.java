package dev.sluice.executor.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.execute.Exit;
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
import java.util.List;

class LocalExecutorTest {
    @TempDir Path workdir;
    private final HeardReports heard = new HeardReports();

    @BeforeEach
    void makeRunFolder() throws IOException {
        Files.createDirectories(run().resolve("logs"));
    }

    private Path run() {
        return workdir.resolve("run");
    }

    private LocalExecutor start() {
        return LocalExecutor.start(LocalExecutorContractTest.settings(workdir, run()), heard);
    }

    private static TaskSpec task(String name, String command) {
        Work work = new Work.Command(List.of("sh", "-c", command));
        return new TaskSpec(
                name,
                List.of(ProcessSpec.alone(name, work, Environment.UNCHANGED, "run/logs/" + name)));
    }

    private long supervisor() {
        return new LocalRun(workdir).supervisor();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void jobsGoOnWhenTheEngineLetsGoAndTheSupervisorEndsAfterThem() throws Exception {
        LocalExecutor executor = start();
        executor.submit(
                List.of(task("a-1", "while ! test -e go; do sleep 0.05; done; touch done")));
        heard.awaitStart("a-1");
        long supervisor = supervisor();
        executor.close();
        assertTrue(isAlive(supervisor));
        Files.createFile(workdir.resolve("go"));
        await().atMost(30, SECONDS).until(() -> Files.exists(workdir.resolve("done")));
        await().atMost(30, SECONDS).until(() -> !isAlive(supervisor));
        assertTrue(Files.readString(run().resolve("supervisor")).contains("ended a-1 code=0"));
        assertFalse(Files.exists(run().resolve("supervisor.at")));
    }

    @Test
    void endsWithTheEngineWhenNothingRuns() throws Exception {
        LocalExecutor executor = start();
        executor.submit(List.of(task("a-1", "true")));
        heard.awaitEnd("a-1");
        long supervisor = supervisor();
        executor.close();
        await().atMost(30, SECONDS).until(() -> !isAlive(supervisor));
    }

    @Test
    void writesTheRecordBeforeItTells() throws Exception {
        LocalExecutor executor = start();
        executor.submit(List.of(task("a-1", "exit 4")));
        heard.awaitEnd("a-1");
        assertTrue(Files.readString(run().resolve("supervisor")).contains("ended a-1 code=4"));
        executor.close();
    }

    @Test
    void losesItsJobsWithTheSupervisor() throws Exception {
        LocalExecutor executor = start();
        executor.submit(List.of(task("a-1", "sleep 100")));
        AttemptReport.Started started = heard.awaitStart("a-1");
        ProcessHandle.of(supervisor()).orElseThrow().destroyForcibly();
        assertInstanceOf(AttemptReport.Lost.class, heard.awaitLastWord("a-1"));
        ProcessHandle.of(started.pid()).ifPresent(ProcessHandle::destroyForcibly);
        executor.close();
    }

    @Test
    void saysWhenThereIsNoPython() {
        LocalSettings settings = LocalExecutorContractTest.settings(workdir, run());
        LocalSettings without =
                new LocalSettings(
                        workdir,
                        run(),
                        settings.pythonFolder(),
                        "no-such-python",
                        settings.runServer());
        try (LocalExecutor executor = LocalExecutor.start(without, heard)) {
            executor.submit(List.of(task("a-1", "true")));
            Exit exit = heard.awaitEnd("a-1").exit();
            assertTrue(((Exit.NotStarted) exit).why().contains("no-such-python"), exit.toString());
            assertFalse(executor.offers().healthy());
        }
    }

    @Test
    void measuresWhatABenchmarkAsksFor() {
        try (LocalExecutor executor = start()) {
            Work work = new Work.Command(List.of("sh", "-c", "sleep 0.3"));
            executor.submit(
                    List.of(
                            new TaskSpec(
                                    "a-1",
                                    List.of(
                                            new ProcessSpec(
                                                    "a-1",
                                                    work,
                                                    "",
                                                    Environment.UNCHANGED,
                                                    "run/logs/a-1",
                                                    List.of(),
                                                    List.of(),
                                                    false,
                                                    true)))));
            AttemptReport.Samples samples = heard.awaitEnd("a-1").samples();
            assertNotNull(samples);
            assertTrue(samples.maxRss() > 0 && samples.maxVms() >= samples.maxRss());
        }
    }

    @Test
    void passesBytesThatAreNotUtf8() throws Exception {
        try (LocalExecutor executor = start()) {
            executor.submit(List.of(task("a-1", "printf %s 'a\udcffb' | od -An -tx1 > out")));
            assertEquals(new Exit.Code(0), heard.awaitEnd("a-1").exit());
            assertEquals("61 ff 62", Files.readString(workdir.resolve("out")).strip());
        }
    }
}
