package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every command over runs, with {@code --server}, against the same command where the run lies. */
final class RemoteIT {
    @TempDir private static Path data;
    private static Served server;
    private static Sandbox here;
    private static Sandbox there;
    private static String run;

    @BeforeAll
    static void aRunThatFailedInPart() {
        server = Served.in(data.resolve("data"));
        here =
                new Sandbox(data)
                        .with("flow/in.txt", "x")
                        .with(
                                "flow/Snakefile",
                                """
                                rule all:
                                    input: "good.txt", "bad.txt"
                                rule good:
                                    output: "good.txt"
                                    log: "good.log"
                                    shell: "echo fine; echo > {log}; echo > {output}"
                                rule bad:
                                    input: "good.txt"
                                    output: "bad.txt"
                                    shell: "echo oh no; exit 3"
                                """);
        Ended ended = here.sluice("submit", "flow", "--wait", "--server", server.url()).hasCode(1);
        run = ended.out().strip();
        there = new Sandbox(data.resolve("data/runs").resolve(run).resolve("work"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Ended asked(String line) {
        var words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--server", server.url()));
        return here.sluice(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --json",
                "status --json --jobs",
                "runs --json",
                "logs good",
                "logs bad",
                "logs bad --json",
                "explain good.txt",
                "history good.txt",
                "history good.txt --json",
                "attach --json",
            })
    void whatItPrintsIsWhatIsPrintedThere(String line) {
        Ended beside = there.sluice(line.split(" "));
        Ended afar = asked(line);

        assertThat(afar.code()).isEqualTo(beside.code());
        assertThat(ageless(afar.out())).isEqualTo(ageless(beside.out())).isNotEmpty();
    }

    /** Without how long ago it was, and what has to be typed here only. */
    private static String ageless(String text) {
        return text.replaceAll("[0-9]+ (s|min) ago", "just now")
                .replaceAll(" --run " + run + " --server " + server.url(), "");
    }

    @Test
    void statusTellsWhatToTypeHere() {
        String next = run + " --server " + server.url();

        assertThat(asked("status").isDone().out())
                .contains("run " + run + ": failed")
                .contains("sluice logs bad --run " + next)
                .contains("sluice resume " + next);
        assertThat(asked("status " + run.substring(0, 12)).isDone().out()).contains(run);
    }

    @Test
    void resumeGoesOnAndAttachFollows() {
        Ended resumed = asked("resume");
        assertThat(resumed.isDone().out()).isEqualTo(run + "\n");
        assertThat(resumed.err()).endsWith(server.url() + "/runs/" + run + "\n");

        Ended attached = asked("attach " + run).hasCode(1);
        assertThat(attached.err())
                .contains("`sluice status " + run + " --server " + server.url() + "` says what")
                .doesNotContain("broke off");
    }

    @Test
    void cancelSaysThatItHasEnded() {
        assertThat(asked("cancel " + run).isDone().out())
                .contains("has ended already")
                .contains("sluice resume " + run + " --server " + server.url());
    }

    @ParameterizedTest
    @CsvSource({
        "status zzz, there is no run `zzz`",
        "logs nojob, there is no job `nojob`",
        "status --frob, there is no option --frob",
        "status -d x, -d names a folder of this machine",
        "history ../../submission.json, is not in the run's folder",
        "explain /etc/passwd, is not in the run's folder",
    })
    void aMistakeHasItsCodeAndItsWords(String line, String expected) {
        assertThat(asked(line).hasCode(2).err()).contains("error: ", expected);
    }

    @Test
    void aServerThatIsNotThereIsSaid() {
        assertThat(here.sluice("status", "--server", "http://127.0.0.1:1").hasCode(2).err())
                .contains("connection refused", "`sluice serve` starts one");
        assertThat(here.sluice("status", "--server").hasCode(2).err())
                .contains("--server expects the URL of a server");
    }
}
