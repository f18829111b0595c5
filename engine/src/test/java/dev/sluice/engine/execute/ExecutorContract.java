package dev.sluice.engine.execute;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What every executor does. An adapter's test extends it and says how one is opened. */
public abstract class ExecutorContract {
    @TempDir protected Path workdir;
    protected final HeardReports heard = new HeardReports();
    private @Nullable Executor opened;

    /** An executor whose processes work in {@link #workdir}; logs go to {@link #log}. */
    protected abstract Executor open(Executor.Listener listener) throws Exception;

    /** Where a process's output goes. */
    protected abstract String log(String process);

    @BeforeEach
    void openOne() throws Exception {
        opened = open(heard);
    }

    @AfterEach
    void closeIt() {
        executor().close();
    }

    protected Executor executor() {
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    protected ProcessSpec shell(String name, String command) {
        return ProcessSpec.alone(name, command(command), Environment.UNCHANGED, log(name));
    }

    protected static Work command(String command) {
        return new Work.Command(List.of("sh", "-c", command));
    }

    protected void submit(String attempt, ProcessSpec... processes) {
        executor().submit(List.of(new TaskSpec(attempt, List.of(processes))));
    }

    protected ProcessSpec together(
            String name, String command, boolean service, String... partners) {
        return new ProcessSpec(
                name,
                command(command),
                "",
                Environment.UNCHANGED,
                log(name),
                List.of(),
                List.of(partners),
                service,
                false);
    }

    protected ProcessSpec after(String name, String command, String... earlier) {
        return new ProcessSpec(
                name,
                command(command),
                "",
                Environment.UNCHANGED,
                log(name),
                List.of(earlier),
                List.of(),
                false,
                false);
    }

    @Test
    void runsAProcessInTheWorkingFolderAndReportsItsEnd() {
        submit("a-1", shell("a-1", "echo made > out.txt"));
        AttemptReport.Ended end = heard.awaitEnd("a-1");
        assertEquals(new Exit.Code(0), end.exit());
        assertTrue(Files.exists(workdir.resolve("out.txt")));
        assertTrue(end.endMillis() >= end.startMillis() && end.startMillis() > 0);
        assertEquals(1, heard.starts("a-1").size());
    }

    @Test
    void reportsTheExitCode() {
        submit("a-1", shell("a-1", "exit 7"));
        assertEquals(new Exit.Code(7), heard.awaitEnd("a-1").exit());
    }

    @Test
    void reportsTheSignalThatEndedIt() {
        submit("a-1", shell("a-1", "kill -9 $$"));
        assertEquals(new Exit.Signal(9), heard.awaitEnd("a-1").exit());
    }

    @Test
    void saysWhenAProgramCannotBeStarted() {
        Work nothing = new Work.Command(List.of("no-such-program-anywhere"));
        submit("a-1", ProcessSpec.alone("a-1", nothing, Environment.UNCHANGED, log("a-1")));
        assertInstanceOf(Exit.NotStarted.class, heard.awaitEnd("a-1").exit());
    }

    @Test
    void keepsStandardOutputAndErrorInOneLog() {
        submit("a-1", shell("a-1", "echo one; echo two >&2; printf three"));
        assertEquals("one\ntwo\nthree".length(), heard.awaitEnd("a-1").logSize());
        assertEquals("one\ntwo\nthree", new String(executor().logs("a-1", 0), UTF_8));
        assertEquals("three", new String(executor().logs("a-1", 8), UTF_8));
    }

    @Test
    void hasNoLogOfASilentProcess() {
        submit("a-1", shell("a-1", "true"));
        assertEquals(0, heard.awaitEnd("a-1").logSize());
        assertEquals(0, executor().logs("a-1", 0).length);
    }

    @Test
    void givesNoInputToRead() {
        submit("a-1", shell("a-1", "cat"));
        assertEquals(new Exit.Code(0), heard.awaitEnd("a-1").exit());
    }

    // NullAway does not see the annotation inside the record's type argument across class files.
    @SuppressWarnings("NullAway")
    @Test
    void setsAndTakesAwayVariables() throws Exception {
        SequencedMap<String, @Nullable String> changes = new LinkedHashMap<>();
        changes.put("SLUICE_TEST", "a b=c\nd");
        changes.put("HOME", null);
        submit(
                "a-1",
                ProcessSpec.alone(
                        "a-1",
                        command("printf %s \"$SLUICE_TEST ${HOME-none} $SLUICE_ATTEMPT\" > out"),
                        new Environment(changes),
                        log("a-1")));
        heard.awaitEnd("a-1");
        assertEquals("a b=c\nd none a-1", Files.readString(workdir.resolve("out")));
    }

    @Test
    void startsAnAttemptOnceHoweverOftenItIsSubmitted() throws Exception {
        ProcessSpec process = shell("a-1", "echo x >> out; sleep 0.2");
        submit("a-1", process);
        submit("a-1", process);
        heard.awaitEnd("a-1");
        submit("a-1", process);
        await().atMost(10, SECONDS).until(() -> heard.ends("a-1").size() >= 2);
        assertEquals("x\n", Files.readString(workdir.resolve("out")));
    }

    @Test
    void cancelStopsTheWholeProcessGroup() throws Exception {
        submit("a-1", shell("a-1", "sleep 100 & echo $! > child; wait"));
        Path child = workdir.resolve("child");
        await().atMost(10, SECONDS).until(() -> Files.exists(child) && Files.size(child) > 1);
        executor().cancel(List.of("a-1"), Duration.ofSeconds(5));
        executor().cancel(List.of("a-1"), Duration.ofSeconds(5));
        assertEquals(new Exit.Signal(15), heard.awaitEnd("a-1").exit());
        long pid = Long.parseLong(Files.readString(child).strip());
        await().atMost(10, SECONDS).until(() -> !isAlive(pid));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void cancelKillsWhatDoesNotListen() {
        submit(
                "a-1",
                shell("a-1", "trap '' TERM; echo ready > ready; while :; do sleep 0.1; done"));
        await().atMost(10, SECONDS).until(() -> Files.exists(workdir.resolve("ready")));
        executor().cancel(List.of("a-1"), Duration.ofMillis(200));
        assertEquals(new Exit.Signal(9), heard.awaitEnd("a-1").exit());
    }

    @Test
    void cancellingWhatEndedChangesNothing() {
        submit("a-1", shell("a-1", "true"));
        heard.awaitEnd("a-1");
        executor().cancel(List.of("a-1", "unknown"), Duration.ofSeconds(1));
        submit("b-1", shell("b-1", "true"));
        heard.awaitEnd("b-1");
        assertEquals(1, heard.ends("a-1").size());
    }

    @Test
    void runsLevelsOneAfterAnother() throws Exception {
        submit(
                "g-1",
                shell("g-1.0", "sleep 0.2; echo first >> out"),
                after("g-1.1", "echo second >> out", "g-1.0"));
        assertEquals(new Exit.Code(0), heard.awaitEnd("g-1.1").exit());
        assertEquals("first\nsecond\n", Files.readString(workdir.resolve("out")));
    }

    @Test
    void skipsWhatComesAfterAFailure() {
        submit("g-1", shell("g-1.0", "exit 3"), after("g-1.1", "touch never", "g-1.0"));
        assertInstanceOf(AttemptReport.Skipped.class, heard.awaitLastWord("g-1.1"));
        assertFalse(Files.exists(workdir.resolve("never")));
    }

    @Test
    void stopsPartnersOfAFailure() {
        submit(
                "p-1",
                together("p-1.0", "sleep 100", false, "p-1.1"),
                together("p-1.1", "sleep 0.2; exit 1", false, "p-1.0"));
        assertEquals(new Exit.Code(1), heard.awaitEnd("p-1.1").exit());
        assertFalse(heard.awaitEnd("p-1.0").exit().succeeded());
    }

    @Test
    void endsAServiceOnceItsPartnersEnded() {
        submit(
                "s-1",
                together("s-1.0", "sleep 100", true, "s-1.1"),
                together("s-1.1", "sleep 0.2", false, "s-1.0"));
        assertEquals(new Exit.Code(0), heard.awaitEnd("s-1.1").exit());
        assertEquals(new Exit.Stopped(), heard.awaitEnd("s-1.0").exit());
    }

    @Test
    void reportsManyProcessesInOneBatch() {
        List<TaskSpec> tasks =
                java.util.stream.IntStream.range(0, 50)
                        .mapToObj(i -> new TaskSpec("m" + i, List.of(shell("m" + i, "true"))))
                        .toList();
        executor().submit(tasks);
        for (int i = 0; i < 50; i++) {
            assertEquals(new Exit.Code(0), heard.awaitEnd("m" + i).exit());
        }
    }
}
