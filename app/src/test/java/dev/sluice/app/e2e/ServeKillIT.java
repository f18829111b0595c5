package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RunCounts;
import dev.sluice.engine.view.RunHead;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The server is killed and started again, and nobody does anything else: no run is lost, and no job
 * runs twice. Each job says that it begins by a line in a file.
 */
class ServeKillIT {
    private static final int CORES = 8;
    private static final int RUNS = 5;
    private static final int JOBS = 40;
    private static final int KILLS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir Path folder;
    private ServeProcess server;
    private final Map<String, Integer> runs = new LinkedHashMap<>();

    private Path data() {
        return folder.resolve("data");
    }

    @BeforeEach
    void start() {
        server = ServeProcess.start(folder, data(), CORES);
    }

    private void submit(int jobs, String pause) {
        String run =
                server.submit(
                        """
                        rule all:
                            input: expand("out/{i}", i=range(%d))
                        rule one:
                            output: "out/{i}"
                            shell: "echo {wildcards.i} >> started.txt; %s; touch {output}"
                        """
                                .formatted(jobs - 1, pause));
        runs.put(run, jobs);
    }

    private Sandbox sandbox(String run) {
        return new Sandbox(data().resolve("runs").resolve(run).resolve("work"));
    }

    private int begun() {
        return runs.keySet().stream().mapToInt(run -> begun(run).size()).sum();
    }

    private List<String> begun(String run) {
        Path work = data().resolve("runs").resolve(run).resolve("work");
        return Files.isDirectory(work) ? sandbox(run).lines("started.txt") : List.of();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    @AfterEach
    void endAll() {
        if (server.isAlive()) {
            server.kill();
        }
        for (String run : runs.keySet()) {
            var processes = new RunProcesses(sandbox(run));
            processes.supervisors().forEach(ProcessHandle::destroyForcibly);
            processes.jobs().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aServerKilledTenTimesLosesNothingAndRunsNothingTwice() {
        long seed = Long.getLong("sluice.crash.seed", System.nanoTime() % 1_000_000);
        var random = new Random(seed);
        for (int i = 0; i < RUNS; i++) {
            submit(JOBS, "sleep 0." + (1 + random.nextInt(4)));
        }
        Set<String> adopted = new LinkedHashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            // Sometimes in the midst of the jobs, sometimes while runs are taken up again.
            int mark = Math.min(kill * (RUNS * JOBS - 30) / KILLS, begun() + 14);
            if (random.nextInt(4) > 0) {
                until(() -> begun() >= mark);
            }
            server.kill();
            if (kill == KILLS / 2) {
                loseTheCatalogue();
            }
            start();
        }
        for (String run : runs.keySet()) {
            until(() -> server.row(run).contains("\"state\":\"succeeded\""));
        }
        runs.keySet().forEach(run -> adopted.addAll(RunJournal.of(sandbox(run)).adopted()));
        assertThat(adopted).as("jobs taken over; seed %d", seed).isNotEmpty();
        runs.keySet().forEach(run -> endedWell(run, seed));
        thenNothingIsLeftRunning();
    }

    private void loseTheCatalogue() {
        try {
            Files.delete(data().resolve("catalogue.mv.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endedWell(String run, long seed) {
        int jobs = runs.getOrDefault(run, 0);
        assertThat(begun(run))
                .as("jobs of %s that began; seed %d", run, seed)
                .hasSize(jobs - 1)
                .doesNotHaveDuplicates();
        RunJournal journal = RunJournal.of(sandbox(run));
        assertThat(journal.finishes().values()).hasSize(jobs).allMatch(times -> times == 1);
        theCatalogueSaysSo(run, journal);
    }

    private void theCatalogueSaysSo(String run, RunJournal journal) {
        RunHead head = RunHead.of(journal.run());
        var counts = new RunCounts();
        journal.facts().forEach(counts::apply);
        assertThat(head.outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        String row = server.row(run);
        assertThat(ServeProcess.field(row, "owner")).isEqualTo(head.owner());
        assertThat(ServeProcess.field(row, "done")).isEqualTo("" + counts.done());
        assertThat(ServeProcess.field(row, "total")).isEqualTo("" + counts.total());
        assertThat(ServeProcess.field(row, "failures")).isEqualTo("0");
        assertThat(ServeProcess.field(row, "running_jobs")).isEqualTo("0");
        assertThat(ServeProcess.field(row, "queued_jobs")).isEqualTo("0");
    }

    /** The supervisor of an ended run goes away. */
    private void thenNothingIsLeftRunning() {
        for (String run : runs.keySet()) {
            var processes = new RunProcesses(sandbox(run));
            until(() -> processes.supervisors().isEmpty() && processes.jobs().isEmpty());
        }
    }

    @Test
    void anUploadThatIsCutLeavesNothingAndWhatWasAcceptedStays() throws Exception {
        try (var socket = new Socket(server.address().getHost(), server.address().getPort())) {
            socket.setSoTimeout(30_000);
            String head =
                    "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                            + ServeProcess.formType()
                            + "\r\nContent-Length: 50000000\r\n\r\n"
                            + ServeProcess.partHead();
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write("# half a workflow\n".repeat(20_000).getBytes(UTF_8));
            socket.getOutputStream().flush();
            Path incoming = data().resolve("incoming");
            until(() -> filesBelow(incoming) > 0);
            server.kill();
            assertThat(isCut(socket)).isTrue();
        }
        start();
        assertThat(filesBelow(data().resolve("incoming"))).isZero();
        assertThat(data().resolve("runs")).isEmptyDirectory();

        submit(5, "sleep 0.1");
        server.kill();
        start();
        for (String run : runs.keySet()) {
            until(() -> server.row(run).contains("\"state\":\"succeeded\""));
            endedWell(run, 0);
        }
        assertThat(data().resolve("runs").toFile().list()).hasSize(1);
    }

    /** No answer comes. */
    private static boolean isCut(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static long filesBelow(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException moving) {
            return 0;
        }
    }

    @Test
    void aServerThatIsToldToEndLeavesJobsToTheNext() throws Exception {
        Path go = folder.resolve("go");
        submit(7, "while ! test -e " + go + "; do sleep 0.1; done");
        submit(7, "while ! test -e " + go + "; do sleep 0.1; done");
        until(() -> begun() == CORES);
        assertThat(server.end()).as(server.said()).isZero();
        assertThat(server.said()).doesNotContain("Exception");
        assertThat(jobsRunning()).isTrue();
        start();
        String first = runs.keySet().iterator().next();
        until(() -> server.stateOf(first).equals("running"));
        assertThat(begun()).isEqualTo(CORES);
        Files.createFile(go);
        for (String run : runs.keySet()) {
            until(() -> server.row(run).contains("\"state\":\"succeeded\""));
            endedWell(run, 0);
        }
        assertThat(server.end()).isZero();
        thenNothingIsLeftRunning();
    }

    private boolean jobsRunning() {
        return runs.keySet().stream()
                .noneMatch(run -> new RunProcesses(sandbox(run)).jobs().isEmpty());
    }
}
