package dev.sluice.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.ExecutorContract;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.HeardReports;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.executor.local.LocalExecutor;
import dev.sluice.executor.local.LocalSettings;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The line for cores in front of the real local executor: to the run it is an executor like it. */
class QueuedExecutorTest extends ExecutorContract {
    private final SharedCores cores = new SharedCores(8);

    @Override
    protected Executor open(Executor.Listener listener) throws Exception {
        return open("run", listener);
    }

    private Executor open(String run, Executor.Listener listener) throws Exception {
        Path folder = workdir.resolve(run);
        Files.createDirectories(folder.resolve("logs"));
        Path python = Path.of(System.getProperty("sluice.python.dir"));
        var settings = new LocalSettings(workdir, folder, python, "python3", List::of);
        return new QueuedExecutor(
                cores,
                "owner of " + run,
                run,
                () -> {},
                listener,
                hears -> LocalExecutor.start(settings, hears));
    }

    @Override
    protected String log(String process) {
        return "run/logs/" + process;
    }

    private TaskSpec task(String attempt, String command, int threads) {
        return new TaskSpec(attempt, List.of(shell(attempt, command)), threads);
    }

    private static String until(Path file) {
        return "while ! test -e " + file + "; do sleep 0.02; done";
    }

    @Test
    void startsWhatWaitsOnceThereIsRoom() throws Exception {
        Path go = workdir.resolve("go");
        executor().submit(List.of(task("a-1", until(go), 8), task("b-1", "true", 1)));
        heard.awaitStart("a-1");
        assertThat(heard.of("b-1")).isEmpty();
        assertThat(executor().explain("b-1"))
                .isEqualTo("waits for cores: 8 of 8 in use, 0 before it");
        assertThat(cores.explain("run"))
                .isEqualTo("1 job waits for cores of this server: 8 of 8 in use");
        Files.createFile(go);
        assertThat(heard.awaitEnd("b-1").exit()).isEqualTo(new Exit.Code(0));
        assertThat(cores.explain("run")).isEmpty();
    }

    @Test
    void neverStartsWhatWasCancelledWhileItWaited() throws Exception {
        Path go = workdir.resolve("go");
        executor()
                .submit(
                        List.of(
                                task("a-1", until(go), 8),
                                task("b-1", "touch never", 4),
                                task("c-1", "true", 8)));
        heard.awaitStart("a-1");
        executor().cancel(List.of("b-1"), Duration.ofSeconds(1));
        assertThat(heard.awaitLastWord("b-1")).isInstanceOf(AttemptReport.Skipped.class);
        Files.createFile(go);
        heard.awaitEnd("c-1");
        assertThat(workdir.resolve("never")).doesNotExist();
    }

    @Test
    void countsTheCoresOfWhatItTakesOver() throws Exception {
        Path go = workdir.resolve("go");
        executor().submit(List.of(task("a-1", until(go), 6)));
        heard.awaitStart("a-1");
        HeardReports later = takeOver();
        executor().adopt(List.of(new HandedTask("a-1", List.of("a-1"), 6)));
        executor().submit(List.of(task("b-1", "true", 3)));
        later.awaitStart("a-1");
        assertThat(executor().explain("b-1")).startsWith("waits for cores: 6 of 8");
        Files.createFile(go);
        later.awaitEnd("b-1");
    }

    @Test
    void freesTheCoresOfAnAttemptOnceAllItsProcessesHaveEnded() throws Exception {
        Path go = workdir.resolve("go");
        executor()
                .submit(
                        List.of(
                                new TaskSpec(
                                        "g-1",
                                        List.of(shell("g-1.0", "true"), shell("g-1.1", until(go))),
                                        8),
                                task("b-1", "true", 1)));
        heard.awaitEnd("g-1.0");
        assertThat(heard.of("b-1")).isEmpty();
        Files.createFile(go);
        heard.awaitEnd("b-1");
    }

    @Test
    void hasRoomForTheSameAttemptWhenItTellsItsEnd() throws Exception {
        var again = new ArrayList<String>();
        var mine = new Executor[1];
        TaskSpec task =
                new TaskSpec(
                        "a-1",
                        List.of(
                                ProcessSpec.alone(
                                        "a-1", command("true"), Environment.UNCHANGED, "")));
        // As the run does: it hears that it was never got, and hands it over again.
        mine[0] =
                open(
                        "other",
                        reports -> {
                            for (AttemptReport report : reports) {
                                again.add(report.getClass().getSimpleName());
                                if (report instanceof AttemptReport.NeverStarted) {
                                    mine[0].submit(List.of(task));
                                }
                            }
                        });
        mine[0].adopt(List.of(new HandedTask("a-1", List.of("a-1"), 8)));
        await().until(() -> again.contains("Ended"));
        mine[0].close();
        assertThat(again.getFirst()).isEqualTo("NeverStarted");
    }

    @Test
    void letsGoOfAllItsCoresWhenItCloses() throws Exception {
        Path go = workdir.resolve("go");
        executor().submit(List.of(task("a-1", until(go), 8), task("w-1", "touch never", 1)));
        long pid = heard.awaitStart("a-1").pid();
        var heardThere = new HeardReports();
        Executor other = open("other", heardThere);
        other.submit(List.of(task("x-1", "true", 8)));
        assertThat(heardThere.of("x-1")).isEmpty();
        executor().close();
        assertThat(heardThere.awaitEnd("x-1").exit()).isEqualTo(new Exit.Code(0));
        other.close();
        Files.createFile(go);
        // Nobody hears its end, and it looks into a folder that is about to go.
        await().until(() -> ProcessHandle.of(pid).isEmpty());
        assertThat(workdir.resolve("never")).doesNotExist();
    }
}
