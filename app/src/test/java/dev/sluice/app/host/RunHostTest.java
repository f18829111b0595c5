package dev.sluice.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.host.Runs.Refused;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The host with engines, helpers and jobs as they are, of small workflows. */
class RunHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More of them by hand: 200 take some minutes. */
    private static final int RUNS_FOR_LEAKS = Integer.getInteger("sluice.host.runs", 6);

    private static final String TWO_JOBS =
            """
            rule all:
                input: "b"
            rule a:
                output: "a"
                shell: "echo a >> started; echo a > {output}"
            rule b:
                input: "a"
                output: "b"
                shell: "echo b >> started; cat {input} > {output}"
            """;

    /** As many jobs of their own as {@code n}, which wait for a file. */
    private static String waiting(int n, Path go) {
        return """
        rule all:
            input: expand("out/{i}", i=range(%d))
        rule one:
            output: "out/{i}"
            shell: "echo {wildcards.i} >> started; while ! test -e %s; do sleep 0.05; done; touch {output}"
        """
                .formatted(n, go);
    }

    @TempDir Path folder;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private RunHost host;

    @BeforeEach
    void openOne() {
        host = opened(2, 10);
    }

    private RunHost opened(int cores, int runsPerOwner) {
        var opened =
                new RunHost(
                        new HostSettings(
                                folder.resolve("data"),
                                cores,
                                runsPerOwner,
                                Map.of("PATH", System.getenv().getOrDefault("PATH", "")),
                                RunMeasures.NONE,
                                HostSettings.LocalExecutors.PROCESSES,
                                said::add));
        opened.start();
        return opened;
    }

    /** Another in the place of the one before, which leaves its runs to it. */
    private void host(int cores, int runsPerOwner) {
        host.close();
        host = opened(cores, runsPerOwner);
    }

    @AfterEach
    void stopAll() {
        for (HostedRun run : host.list()) {
            if (host.isActive(run)) {
                host.cancel(run, true);
            }
        }
        host.list().forEach(this::awaitOver);
        host.close();
    }

    private HostedRun submit(String owner, String snakefile, String... words) {
        try {
            Path work = host.incoming().resolve("work");
            Files.createDirectories(work);
            Files.writeString(work.resolve("Snakefile"), snakefile);
            return host.accept(owner, "flow", List.of(words), work, snakefile.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitOver(HostedRun run) {
        await().atMost(PATIENCE).until(() -> !host.isActive(run));
    }

    private @Nullable RunOutcome awaitEnd(HostedRun run) {
        awaitOver(run);
        return RunHead.of(run.folder()).outcome();
    }

    private static RunStanding.State state(HostedRun run) {
        return RunStanding.of(run.folder(), RunHead.of(run.folder())).state();
    }

    private static List<String> lines(HostedRun run, String file) {
        try {
            Path path = run.workdir().resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(HostedRun run, String file, String text) {
        try {
            Files.writeString(run.workdir().resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Fact> facts(HostedRun run) {
        List<Fact> facts = new ArrayList<>();
        JournalReader.read(run.folder().journal(), 0, entry -> facts.add(entry.fact()));
        return facts;
    }

    private static String log(HostedRun run) {
        try {
            return Files.readString(run.engineLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStarted(HostedRun run, int jobs) {
        await().atMost(PATIENCE).until(() -> lines(run, "started").size() >= jobs);
    }

    @Test
    void runsAWorkflowToItsEnd() {
        HostedRun run = submit("ada", TWO_JOBS);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(lines(run, "b")).containsExactly("a");
        assertThat(state(run)).isEqualTo(RunStanding.State.SUCCEEDED);
        assertThat(run.folder().id()).isEqualTo(run.id());
        assertThat(RunHead.of(run.folder()).owner()).isEqualTo("ada");
        assertThatThrownBy(() -> host.resume(run, List.of()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("succeeded");
        assertThatThrownBy(() -> host.cancel(run, true)).isInstanceOf(Refused.class);
    }

    @Test
    void aRunWithNothingToDoSucceeds() {
        HostedRun run = submit("ada", "rule all:\n    input: 'Snakefile'\n");
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void aSnakefileThatIsWrongEndsTheRunWithTheReasonAndMendedItGoesOn() {
        HostedRun run = submit("ada", "rule all:\n    inptu: 'x'\n");
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.FAILED);
        assertThat(facts(run))
                .anySatisfy(
                        fact ->
                                assertThat(fact)
                                        .isInstanceOfSatisfying(
                                                Fact.Warned.class,
                                                warned ->
                                                        assertThat(warned.message())
                                                                .contains("inptu")));
        write(run, "Snakefile", TWO_JOBS);
        host.resume(run, List.of());
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void wordsThatCannotBeFollowedEndTheRunWithTheReason() {
        HostedRun run = submit("ada", TWO_JOBS, "--configfile", "absent.yaml");
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.FAILED);
        assertThat(log(run)).contains("absent.yaml");
        assertThat(state(run)).isEqualTo(RunStanding.State.FAILED);
    }

    @Test
    void refusesWordsThatAreTheServersAndLeavesNothing() {
        for (String word : List.of("--nolock", "--dry-run", "--detach", "--directory=/tmp")) {
            assertThatThrownBy(() -> submit("ada", TWO_JOBS, word))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("cannot be asked of a server");
        }
        assertThatThrownBy(() -> submit("ada", TWO_JOBS, "-s", "../Snakefile"))
                .isInstanceOf(Refused.class);
        assertThat(host.list()).isEmpty();
    }

    @Test
    void goesOnWithAFailedRunWithOtherWords() {
        HostedRun run =
                submit(
                        "ada",
                        """
                        rule all:
                            input: "b"
                        rule a:
                            output: "a"
                            shell: "echo a >> started; touch {output}"
                        rule b:
                            input: "a"
                            output: "b"
                            threads: 2
                            shell: "echo {threads} >> threads; test -e mended; touch {output}"
                        """);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.FAILED);
        write(run, "mended", "");
        host.resume(run, List.of("--cores", "1"));
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(lines(run, "started")).hasSize(1);
        assertThat(lines(run, "threads")).containsExactly("2", "1");
    }

    @Test
    void mayBeGoneOnWithAsSoonAsItsJournalSaysThatItHasEnded() {
        HostedRun run = submit("ada", "rule all:\n    output: 'x'\n    shell: 'test -e mended'\n");
        for (int i = 0; i < 3; i++) {
            int ends = i + 1;
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .ignoreExceptions()
                    .until(
                            () ->
                                    facts(run).stream()
                                                    .filter(Fact.RunEnded.class::isInstance)
                                                    .count()
                                            == ends);
            host.resume(run, List.of());
        }
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.FAILED);
    }

    @Test
    void cancelStopsWhatRuns() {
        HostedRun run = submit("ada", waiting(4, folder.resolve("never")));
        awaitStarted(run, 2);
        host.cancel(run, true);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.STOPPED);
        assertThat(lines(run, "started")).hasSize(2);
    }

    @Test
    void cancelWithoutHasteLetsWhatRunsComeToItsEnd() throws Exception {
        Path go = folder.resolve("go");
        HostedRun run = submit("ada", waiting(4, go));
        awaitStarted(run, 2);
        host.cancel(run, false);
        await().until(() -> facts(run).stream().anyMatch(Fact.StopRequested.class::isInstance));
        Files.createFile(go);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.STOPPED);
        assertThat(run.workdir().resolve("out").toFile().list()).hasSize(2);
    }

    @Test
    void cancelEndsASnakefileThatNeverEnds() {
        HostedRun run =
                submit("ada", "open('loading', 'w').close()\nimport time\ntime.sleep(1000)\n");
        await().atMost(PATIENCE).until(() -> Files.exists(run.workdir().resolve("loading")));
        assertThat(host.isActive(run)).isTrue();
        host.cancel(run, true);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.STOPPED);
    }

    @Test
    void worksWhereTheSnakefileSays() {
        HostedRun run = submit("ada", "workdir: 'deep/er'\n" + TWO_JOBS);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(run.folder().workdir()).isEqualTo(run.workdir().resolve("deep/er"));
        assertThat(lines(run, "deep/er/b")).containsExactly("a");
    }

    @Test
    void aWorkdirOutsideOfTheWorkflowIsRefused() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        HostedRun run = submit("ada", "workdir: '" + outside + "'\n" + TWO_JOBS);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.FAILED);
        assertThat(run.engineLog()).content().contains("lies outside the submitted workflow");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void whatASnakefilePrintsIsInTheRunsOwnLog() {
        HostedRun run =
                submit(
                        "ada",
                        "import sys\n"
                                + "print('from the Snakefile')\n"
                                + "print('its err', file=sys.stderr)\n"
                                + TWO_JOBS);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(run.engineLog()).content().contains("from the Snakefile", "its err");
    }

    @Test
    void twoOwnersShareTheCores() throws Exception {
        host(4, 10);
        Path go = folder.resolve("go");
        HostedRun ada = submit("ada", waiting(8, go));
        awaitStarted(ada, 4);
        HostedRun bob = submit("bob", waiting(8, go.resolveSibling("go2")));
        await().atMost(PATIENCE).until(() -> !host.explain(bob).isEmpty());
        assertThat(host.explain(bob)).contains("4 of 4 in use");
        assertThat(lines(bob, "started")).isEmpty();
        Files.createFile(go);
        awaitStarted(bob, 1);
        Files.createFile(go.resolveSibling("go2"));
        assertThat(awaitEnd(ada)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(awaitEnd(bob)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(lines(ada, "started")).hasSize(8).doesNotHaveDuplicates();
        assertThat(lines(bob, "started")).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void leavesRunningJobsWhichTheNextHostTakesOver() throws Exception {
        Path go = folder.resolve("go");
        host(4, 10);
        HostedRun run = submit("ada", waiting(6, go));
        HostedRun blocks =
                submit(
                        "bob",
                        """
                        rule all:
                            output: "x"
                            run:
                                import os, time
                                open("started", "a").write("x\\n")
                                while not os.path.exists("%s"): time.sleep(0.05)
                                open(output[0], "w").close()
                        """
                                .formatted(go));
        await().atMost(PATIENCE)
                .until(() -> lines(run, "started").size() + lines(blocks, "started").size() >= 4);
        host.close();
        assertThat(host.isReady()).isFalse();
        assertThat(state(run)).isIn(RunStanding.State.RUNNING, RunStanding.State.BROKEN_OFF);
        host(4, 10);
        assertThat(host.isActive(run)).isTrue();
        Files.createFile(go);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(awaitEnd(blocks)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(lines(run, "started")).hasSize(6).doesNotHaveDuplicates();
        assertThat(lines(blocks, "started")).hasSize(1);
        host.close();
        // Nothing is left to go on with.
        host(4, 10);
        assertThat(host.isActive(run)).isFalse();
    }

    @Test
    void aRunThatWasLeftWhileItWasPlannedIsPlannedByTheNextHost() throws Exception {
        Path go = folder.resolve("go");
        HostedRun run =
                submit(
                        "ada",
                        """
                        workdir: "deep"
                        import os, time
                        open("loading", "w").close()
                        while not os.path.exists("%s"): time.sleep(0.05)
                        """
                                        .formatted(go)
                                + TWO_JOBS);
        await().atMost(PATIENCE).until(() -> Files.exists(run.workdir().resolve("deep/loading")));
        host.close();
        assertThat(RunHead.of(run.folder()).outcome()).isNull();
        Files.createFile(go);
        host(2, 10);
        assertThat(awaitEnd(run)).as(log(run)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(lines(run, "deep/b")).containsExactly("a");
    }

    @Test
    void goesOnWithWhatWasAskedForBeforeItCouldBegin() {
        HostedRun run =
                submit(
                        "ada",
                        "rule all:\n    output: 'x'\n    shell: 'test -e mended && touch x'\n");
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.FAILED);
        host.close();
        write(run, "mended", "");
        // As if the server had died right after it had taken the word.
        ResumeRequest.write(run, List.of("--cores", "1"));
        host(2, 10);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(ResumeRequest.read(run)).isNull();
    }

    @Test
    void whatCannotBePlannedAnyMoreIsBrokenOffAndCanBeCancelled() {
        HostedRun run = submit("ada", waiting(2, folder.resolve("never")));
        awaitStarted(run, 2);
        host.close();
        write(run, "Snakefile", "rule all:\n    inptu: 'x'\n");
        host(2, 10);
        awaitOver(run);
        assertThat(state(run)).isEqualTo(RunStanding.State.BROKEN_OFF);
        assertThat(RunHead.of(run.folder()).warnings().getLast().message()).contains("inptu");
        assertThatThrownBy(() -> host.delete(run)).isInstanceOf(Refused.class);
        host.cancel(run, true);
        assertThat(awaitEnd(run)).isEqualTo(RunOutcome.STOPPED);
        await().until(() -> processesIn(run).isEmpty());
        host.delete(run);
    }

    private static List<Long> processesIn(HostedRun run) {
        try (var all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(
                            pid -> {
                                try {
                                    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))
                                            .startsWith(run.workdir());
                                } catch (IOException gone) {
                                    return false;
                                }
                            })
                    .toList();
        }
    }

    @Test
    void deletesWhatHasEndedAndNothingElse() {
        HostedRun run = submit("ada", waiting(1, folder.resolve("never")));
        awaitStarted(run, 1);
        assertThatThrownBy(() -> host.delete(run))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("goes on");
        host.cancel(run, true);
        awaitOver(run);
        host.delete(run);
        assertThat(host.find(run.id())).isNull();
        assertThat(run.home()).doesNotExist();
        assertThatThrownBy(() -> host.resume(run, List.of())).isInstanceOf(Refused.class);
        assertThat(run.home()).doesNotExist();
    }

    @Test
    void anOwnerHasNoMoreRunsAtOnceThanHeMay() {
        host(4, 2);
        HostedRun first = submit("ada", waiting(1, folder.resolve("never")));
        submit("ada", waiting(1, folder.resolve("never")));
        assertThatThrownBy(() -> submit("ada", TWO_JOBS))
                .isInstanceOf(Refused.class)
                .hasMessage("ada has 2 runs that go on, and may have no more at once");
        assertThat(awaitEnd(submit("bob", TWO_JOBS))).isNotNull();
        host.cancel(first, true);
        awaitOver(first);
        submit("ada", TWO_JOBS);
        assertThat(host.list()).hasSize(4);
    }

    @Test
    void leavesNoThreadsAndFilesBehind() {
        host(4, 1000);
        for (int i = 0; i < 2; i++) {
            awaitEnd(submit("ada", TWO_JOBS));
        }
        long files = openFiles();
        Set<Long> threads =
                new LinkedHashSet<>(
                        Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::threadId)
                                .toList());
        for (int i = 0; i < RUNS_FOR_LEAKS; i++) {
            awaitEnd(submit("ada", TWO_JOBS));
        }
        await().untilAsserted(() -> assertThat(openFiles()).isLessThanOrEqualTo(files + 3));
        await().untilAsserted(
                        () ->
                                assertThat(newThreads(threads))
                                        .noneMatch(
                                                name ->
                                                        name.startsWith("run ")
                                                                || name.equals("supervisor")
                                                                || name.contains("helper")));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(host.list()).allMatch(run -> processesIn(run).isEmpty()));
    }

    private static List<String> newThreads(Set<Long> before) {
        Map<Long, String> now = new LinkedHashMap<>();
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> now.put(thread.threadId(), thread.getName()));
        now.keySet().removeAll(before);
        return List.copyOf(now.values());
    }

    private static long openFiles() {
        return Path.of("/proc/self/fd").toFile().list().length;
    }
}
