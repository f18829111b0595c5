package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** What a terminal shows: the launcher tells the program that there is one, and so do these. */
final class TerminalIT {
    private static final String CLEAR = "\r\033[K";

    @TempDir private Path temp;
    private Sandbox sandbox;

    @BeforeEach
    void withTalkingJobs() {
        sandbox =
                new Sandbox(temp)
                        .withSnakefile(
                                """
                                rule all:
                                    input: "a.txt", "b.txt"
                                rule talks:
                                    output: "{name}.txt"
                                    shell: "echo whole line; printf 'half a line'; touch {output}"
                                rule bad:
                                    output: "bad"
                                    shell: "echo before the end; exit 4"
                                """);
    }

    @Test
    void oneLineOfProgressIsRewritten() {
        String shown = onTerminal("run", "-c", "1").end().isDone().err();
        assertThat(shown)
                .contains("] 0/3 jobs", CLEAR)
                .contains("3 of 3 jobs done in ")
                .doesNotContain("rule talks:");
    }

    @Test
    void whatJobsPrintStaysOnLinesOfItsOwn() {
        String shown = onTerminal("run", "-c", "1").end().isDone().err();
        assertThat(lasting(shown).lines())
                .containsSubsequence("whole line", "half a line", "whole line", "half a line");
    }

    @Test
    void aFailureIsRedUnlessColoursAreUnwanted() {
        assertThat(onTerminal("run", "-c", "1", "bad").end().hasCode(1).err())
                .contains("\033[31mError in rule bad:", "exit code: 4");
        for (Command command :
                List.of(
                        onTerminal("run", "-c", "1", "bad").with("NO_COLOR", "1"),
                        onTerminal("run", "-c", "1", "bad", "--nocolor"))) {
            assertThat(command.end().hasCode(1).err())
                    .contains("Error in rule bad:")
                    .doesNotContain("\033[31m");
        }
    }

    @Test
    void whatAFailedJobPrintedIsNotShownTwice() {
        for (Command command :
                List.of(
                        onTerminal("run", "-c", "1", "bad"),
                        sandbox.command("run", "-c", "1", "bad"))) {
            assertThat(command.end().hasCode(1).err()).containsOnlyOnce("before the end\n");
        }
    }

    @Test
    void aMistakeIsColoured() {
        assertThat(onTerminal("run", "nothing").end().hasCode(2).err()).contains("\033[");
        assertThat(sandbox.sluice("run", "nothing").hasCode(2).err()).doesNotContain("\033[");
    }

    @Test
    void helpFitsAnyTerminal() {
        assertThat(sandbox.sluice("--help").isDone().out()).contains("sluice run -n");
        assertThat(sandbox.sluice().isDone().out()).contains("sluice run -n");
        assertThat(sandbox.sluice("run", "--help").isDone().out())
                .contains("-c, --cores", "--rerun-triggers");
        assertThat(sandbox.sluice("completion", "bash").isDone().out()).contains("complete ");
    }

    private Command onTerminal(String... words) {
        return sandbox.command(words).with("SLUICE_JAVA_OPTS", "-Dsluice.tty.err=1");
    }

    /** Without the lines that were cleared again. */
    private static String lasting(String shown) {
        return shown.replaceAll("\r\033\\[K[^\n\r]*(?=\r\033\\[K)", "").replace(CLEAR, "");
    }
}
