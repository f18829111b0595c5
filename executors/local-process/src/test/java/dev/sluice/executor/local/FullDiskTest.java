package dev.sluice.executor.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.Exit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/** The run's folder on a disk of its own, which is filled while jobs run. */
class FullDiskTest {
    private static final int JOBS = 60;

    @TempDir Path workdir;
    private LocalRun run;

    /** How often each process was said to have ended, and how. */
    private static final class Ends implements Executor.Listener {
        final ConcurrentMap<String, Exit> exits = new ConcurrentHashMap<>();

        @Override
        public void heard(List<AttemptReport> reports) {
            for (AttemptReport report : reports) {
                if (report instanceof AttemptReport.Ended end) {
                    exits.put(end.process(), end.exit());
                }
            }
        }
    }

    @BeforeEach
    void mountSmallDisk() throws Exception {
        Path folder = Files.createDirectories(workdir.resolve("run"));
        assumeTrue(
                call("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.toString()) == 0,
                "a small tmpfs cannot be mounted here (that takes root)");
        run = LocalRun.in(workdir);
    }

    @AfterEach
    void unmount() throws Exception {
        call("umount", "-l", workdir.resolve("run").toString());
    }

    private static int call(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Path fill() throws IOException {
        Path filler = run.folder().resolve("filler");
        try (OutputStream bytes = Files.newOutputStream(filler)) {
            while (true) {
                bytes.write(new byte[4096]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    @Test
    void endsAreWrittenAndToldOnceThereIsRoomAgain() throws Exception {
        Ends before = new Ends();
        Ends after = new Ends();
        LocalExecutor first = run.start(before);
        List<String> names = IntStream.range(0, JOBS).mapToObj(i -> "a" + i + "-1").toList();
        first.submit(
                names.stream()
                        .map(
                                name ->
                                        LocalRun.task(
                                                name,
                                                "while ! test -e go; do sleep 0.1; done;"
                                                        + " echo x >> ran; exit 3"))
                        .toList());
        run.awaitFile("run/logs/" + names.getLast());
        Path filler = fill();
        run.letGo("go");
        Path ran = workdir.resolve("ran");
        await().atMost(60, SECONDS).until(() -> Files.exists(ran) && Files.size(ran) == 2L * JOBS);
        first.close();

        try (LocalExecutor next = run.start(after)) {
            assertTrue(before.exits.size() < JOBS, "the disk was not full");
            Files.delete(filler);
            LocalRun.adopt(next, names.toArray(new String[0]));
            await().atMost(60, SECONDS).until(() -> after.exits.size() == JOBS);
        }
        await().atMost(60, SECONDS).until(() -> !run.exists("run/supervisor.at"));
        assertEquals(
                JOBS,
                run.records().lines().filter(line -> line.matches("ended a.* code=3 .*")).count());
        assertTrue(
                after.exits.values().stream().allMatch(new Exit.Code(3)::equals),
                after.exits.toString());
    }
}
