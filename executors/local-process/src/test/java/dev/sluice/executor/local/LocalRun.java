package dev.sluice.executor.local;

import static org.awaitility.Awaitility.await;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.execute.Work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A run's folder for tests of the executor, with the supervisor that works for it. */
record LocalRun(Path workdir) {
    static LocalRun in(Path workdir) throws IOException {
        LocalRun run = new LocalRun(workdir);
        Files.createDirectories(run.folder().resolve("logs"));
        return run;
    }

    Path folder() {
        return workdir.resolve("run");
    }

    LocalSettings settings() {
        return LocalExecutorContractTest.settings(workdir, folder());
    }

    LocalExecutor start(Executor.Listener listener) {
        return LocalExecutor.start(settings(), listener);
    }

    static TaskSpec task(String name, String command) {
        return task(name, List.of("sh", "-c", command));
    }

    static TaskSpec task(String name, List<String> argv) {
        Work work = new Work.Command(argv);
        return new TaskSpec(
                name,
                List.of(ProcessSpec.alone(name, work, Environment.UNCHANGED, "run/logs/" + name)));
    }

    static void submit(Executor executor, TaskSpec... tasks) {
        executor.submit(List.of(tasks));
    }

    static void adopt(Executor executor, String... attempts) {
        executor.adopt(
                Arrays.stream(attempts)
                        .map(attempt -> new HandedTask(attempt, List.of(attempt)))
                        .toList());
    }

    long supervisor() {
        return Objects.requireNonNull(SupervisorPlace.read(folder())).pid();
    }

    /** As the system does when memory runs out. */
    void killSupervisor() {
        long pid = supervisor();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        awaitDeath(pid);
    }

    /** One that has ended and that nobody has reaped is not alive. */
    static boolean isAlive(long pid) {
        return ProcessTable.of(pid) != null;
    }

    static void awaitDeath(long pid) {
        await().atMost(30, SECONDS).until(() -> !isAlive(pid));
    }

    void letGo(String signal) throws IOException {
        Files.createFile(workdir.resolve(signal));
    }

    boolean exists(String path) {
        return Files.exists(workdir.resolve(path));
    }

    void awaitFile(String path) {
        await().atMost(30, SECONDS).until(() -> exists(path));
    }

    String records() throws IOException {
        return Files.readString(folder().resolve("supervisor"));
    }
}
