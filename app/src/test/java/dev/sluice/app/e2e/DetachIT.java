package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** {@code sluice run --detach}. */
final class DetachIT {
    private static final String SLOW =
            """
            rule all:
                input: "out.txt"
            rule slow:
                output: "out.txt"
                shell: "until [ -e go ]; do sleep 0.1; done; echo done > {output}"
            """;

    @TempDir private Path temp;

    @Test
    void theRunGoesOnInASessionOfItsOwn() throws IOException {
        Sandbox sandbox = new Sandbox(temp).withSnakefile(SLOW);
        Ended detached = sandbox.run("--detach").isDone();
        String run = detached.out().strip();
        assertThat(detached.err())
                .contains("Run " + run + " goes on in the background", "sluice attach");

        long engine = engine(run);
        String stat = Files.readString(Path.of("/proc/" + engine + "/stat"));
        // State, parent, group, session, terminal.
        assertThat(stat.substring(stat.lastIndexOf(')') + 2))
                .as("leads its session and has no terminal")
                .matches("(?s). [0-9]+ [0-9]+ " + engine + " 0 .*");
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + engine + "/fd/0")).toString())
                .isEqualTo("/dev/null");

        sandbox.with("go", "");
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.has("out.txt"));
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.read(log(run)).contains("Done"));
        assertThat(sandbox.read(log(run))).contains("rule slow");
        assertThat(sandbox.sluice("status").isDone().out()).contains("succeeded");
        assertThat(notes()).as("of the start nothing is left").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach", "cancel"})
    void itIsFollowedAndStoppedFromElsewhere(String command) {
        Sandbox sandbox = new Sandbox(temp).withSnakefile(SLOW);
        String run = sandbox.run("--detach").isDone().out().strip();
        if (command.equals("cancel")) {
            assertThat(sandbox.sluice("cancel", run).isDone().out()).contains("stopped");
            assertThat(sandbox.has("out.txt")).isFalse();
        } else {
            Command.Running attached = sandbox.command("attach", run).start();
            sandbox.with("go", "");
            attached.end().isDone();
            assertThat(sandbox.read("out.txt")).isEqualTo("done\n");
        }
    }

    @Test
    void whatIsWrongIsToldAtOnce() {
        Sandbox sandbox = new Sandbox(temp).withSnakefile(SLOW.replace("shell:", "shel:"));
        Ended broken = sandbox.run("--detach").hasCode(2);
        assertThat(broken.err()).contains("error[unknown-directive]", "shel");
        assertThat(broken.out()).isEmpty();
        assertThat(sandbox.run("--detach", "--no-such-option").hasCode(2).err())
                .contains("there is no option --no-such-option");
        sandbox.withSnakefile(SLOW);
        assertThat(sandbox.run("--detach", "nosuch.txt").hasCode(2).err()).contains("nosuch.txt");
        assertThat(notes()).isEmpty();
    }

    @Test
    void nothingToDoIsSaid() {
        Sandbox sandbox = new Sandbox(temp).withSnakefile(SLOW).with("out.txt", "done\n");
        Ended detached = sandbox.run("--detach").isDone();
        assertThat(detached.err()).contains("Nothing to be done");
        assertThat(detached.out()).isEmpty();
    }

    @Test
    void whatIsHeldByAnotherRunIsRefused() {
        Sandbox sandbox = new Sandbox(temp).withSnakefile(SLOW);
        sandbox.run("--detach").isDone();
        assertThat(sandbox.run("--detach").hasCode(3).err()).contains("out.txt");
        sandbox.sluice("cancel").isDone();
    }

    @Test
    void anInterruptBeforeTheRunHasBegunIsMeantForIt() {
        Sandbox sandbox =
                new Sandbox(temp)
                        .withSnakefile(
                                """
                                import os, time
                                open("pid.new", "w").write(str(os.getpid()))
                                os.rename("pid.new", "pid.txt")
                                time.sleep(300)
                                """);
        Command.Running run = sandbox.command("run", "--detach", "-c", "1").start();
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.has("pid.txt"));
        long python = Long.parseLong(sandbox.read("pid.txt"));
        run.signal("INT");
        run.end().hasCode(130);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !ProcessHandle.of(python).map(ProcessHandle::isAlive).orElse(false));
    }

    /** The process that holds the run. */
    private long engine(String run) throws IOException {
        return Long.parseLong(
                Files.readAllLines(temp.resolve(".sluice/runs/" + run + "/hold")).get(2));
    }

    private static String log(String run) {
        return ".sluice/runs/" + run + "/engine.log";
    }

    private List<String> notes() {
        try (Stream<Path> files = Files.list(temp.resolve(".sluice"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("detached-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
