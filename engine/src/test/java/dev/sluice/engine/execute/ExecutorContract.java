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

    // What an earlier engine began ---------------------------------------------------------------

    /** Lets go of the executor, as an engine does that ends, and opens another for the same run. */
    protected HeardReports takeOver() throws Exception {
        executor().close();
        HeardReports later = new HeardReports();
        opened = open(later);
        return later;
    }

    protected void adopt(String attempt, String... processes) {
        executor().adopt(List.of(new HandedTask(attempt, List.of(processes))));
    }

    /** A job that runs until {@link #letGo}, marks that it ran, and ends so. */
    private static String until(String signal, int code) {
        return "while ! test -e " + signal + "; do sleep 0.02; done; echo x >> ran; exit " + code;
    }

    private void letGo(String signal) throws Exception {
        Files.createFile(workdir.resolve(signal));
    }

    private void awaitRuns(int times) {
        Path ran = workdir.resolve("ran");
        await().atMost(30, SECONDS).until(() -> Files.exists(ran) && Files.size(ran) == 2L * times);
    }

    @Test
    void adoptsWhatRunsAndLearnsItsEnd() throws Exception {
        submit("a-1", shell("a-1", until("go", 3)));
        long pid = heard.awaitStart("a-1").pid();
        HeardReports later = takeOver();
        adopt("a-1", "a-1");
        assertEquals(pid, later.awaitStart("a-1").pid());
        assertEquals(List.of(), later.ends("a-1"));
        letGo("go");
        assertEquals(new Exit.Code(3), later.awaitEnd("a-1").exit());
        awaitRuns(1);
    }

    @Test
    void tellsAnEndThatNobodyHeard() throws Exception {
        submit("a-1", shell("a-1", until("go", 3)));
        submit("b-1", shell("b-1", until("stop", 0)));
        heard.awaitStart("a-1");
        heard.awaitStart("b-1");
        executor().close();
        letGo("go");
        awaitRuns(1);
        HeardReports later = takeOver();
        adopt("a-1", "a-1");
        AttemptReport.Ended end = later.awaitEnd("a-1");
        assertEquals(new Exit.Code(3), end.exit());
        assertTrue(end.startMillis() > 0 && end.endMillis() >= end.startMillis());
        assertTrue(end.usage().maxRssKiB() > 0);
        letGo("stop");
    }

    @Test
    void tellsAnEndAfterWhichNothingOfTheRunWasLeft() throws Exception {
        submit("a-1", shell("a-1", "exit 4"));
        heard.awaitEnd("a-1");
        HeardReports later = takeOver();
        adopt("a-1", "a-1");
        assertEquals(new Exit.Code(4), later.awaitEnd("a-1").exit());
    }

    @Test
    void saysThatItNeverGotWhatItNeverGot() throws Exception {
        submit("a-1", shell("a-1", until("go", 0)));
        heard.awaitStart("a-1");
        HeardReports later = takeOver();
        adopt("b-1", "b-1");
        assertInstanceOf(AttemptReport.NeverStarted.class, later.awaitLastWord("b-1"));
        assertEquals(1, later.of("b-1").size());
        submit("b-1", shell("b-1", "true"));
        assertEquals(new Exit.Code(0), later.awaitEnd("b-1").exit());
        letGo("go");
    }

    @Test
    void saysThatItNeverGotWhatARunWithoutAnyJobHandedOver() {
        adopt("b-1", "b-1.0", "b-1.1");
        assertInstanceOf(AttemptReport.NeverStarted.class, heard.awaitLastWord("b-1.0"));
        assertInstanceOf(AttemptReport.NeverStarted.class, heard.awaitLastWord("b-1.1"));
    }

    @Test
    void cancelsWhatItHasJustAdopted() throws Exception {
        submit("a-1", shell("a-1", "sleep 100"));
        heard.awaitStart("a-1");
        HeardReports later = takeOver();
        adopt("a-1", "a-1");
        executor().cancel(List.of("a-1"), Duration.ofSeconds(5));
        assertEquals(new Exit.Signal(15), later.awaitEnd("a-1").exit());
    }

    @Test
    void adoptingTwiceChangesNothing() throws Exception {
        submit("a-1", shell("a-1", until("go", 0)));
        heard.awaitStart("a-1");
        HeardReports later = takeOver();
        adopt("a-1", "a-1");
        adopt("a-1", "a-1");
        later.awaitStart("a-1");
        letGo("go");
        assertEquals(new Exit.Code(0), later.awaitEnd("a-1").exit());
        adopt("a-1", "a-1");
        await().atMost(30, SECONDS).until(() -> later.ends("a-1").size() == 2);
        awaitRuns(1);
    }

    @Test
    void adoptsWhatWaitsForOthers() throws Exception {
        submit("g-1", shell("g-1.0", until("go", 0)), after("g-1.1", "exit 5", "g-1.0"));
        heard.awaitStart("g-1.0");
        HeardReports later = takeOver();
        adopt("g-1", "g-1.0", "g-1.1");
        later.awaitStart("g-1.0");
        assertEquals(List.of(), later.of("g-1.1"));
        letGo("go");
        assertEquals(new Exit.Code(0), later.awaitEnd("g-1.0").exit());
        assertEquals(new Exit.Code(5), later.awaitEnd("g-1.1").exit());
    }

    @Test
    void tellsThatOneWasSkippedWhileNobodyListened() throws Exception {
        submit("a-1", shell("a-1", until("stop", 0)));
        submit("g-1", shell("g-1.0", until("go", 1)), after("g-1.1", "true", "g-1.0"));
        heard.awaitStart("g-1.0");
        executor().close();
        letGo("go");
        awaitRuns(1);
        HeardReports later = takeOver();
        adopt("g-1", "g-1.0", "g-1.1");
        assertEquals(new Exit.Code(1), later.awaitEnd("g-1.0").exit());
        assertInstanceOf(AttemptReport.Skipped.class, later.awaitLastWord("g-1.1"));
        letGo("stop");
    }

    @Test
    void explainsWhatAnAttemptDoes() throws Exception {
        submit("g-1", shell("g-1.0", until("go", 0)), after("g-1.1", "true", "g-1.0"));
        submit("w-1", after("w-1.1", "true", "w-1.0"));
        long pid = heard.awaitStart("g-1.0").pid();
        assertTrue(executor().explain("g-1").contains("as process " + pid));
        assertTrue(executor().explain("w-1").contains("waits for w-1.0"));
        assertTrue(executor().explain("x-1").contains("does not have it"));
        HeardReports later = takeOver();
        adopt("g-1", "g-1.0", "g-1.1");
        later.awaitStart("g-1.0");
        assertTrue(executor().explain("g-1").contains("as process " + pid));
        letGo("go");
        later.awaitEnd("g-1.1");
    }
}
