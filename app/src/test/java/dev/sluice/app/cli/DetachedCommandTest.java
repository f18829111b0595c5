package dev.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class DetachedCommandTest {
    private static final String WHO_AM_I =
            "read -r _ _ _ _ _ session _ < /proc/self/stat;" + " echo $$ $session";

    @TempDir Path folder;

    @Test
    void theWordItselfIsNotRecorded() {
        assertThat(
                        DetachedCommand.withoutDetach(
                                List.of("-c", "2", "--detach", "a.txt", "--", "--detach")))
                .containsExactly("-c", "2", "a.txt", "--", "--detach");
        assertThat(DetachedCommand.withoutDetach(List.of("--detach-on-interrupt")))
                .containsExactly("--detach-on-interrupt");
    }

    @Test
    void itStartsTheSameJavaWithTheSameClassPathAndNoTerminal() {
        List<String> command =
                DetachedCommand.of("run", List.of("--detach", "x"), folder.resolve("begun"));
        assertThat(command)
                .contains(System.getProperty("java.class.path"), "-Dsluice.tty.err=0")
                .contains("-Dsluice.detached=" + folder.resolve("begun"))
                .endsWith("dev.sluice.app.Main", "run", "x");
    }

    @Test
    void withSetsidOnThePathItLeadsASession() throws IOException {
        Path setsid = folder.resolve("setsid");
        Files.writeString(setsid, "");
        assertThat(setsid.toFile().setExecutable(true)).isTrue();
        assertThat(DetachedCommand.ownSession(Map.of("PATH", folder.toString())))
                .containsExactly("setsid");
    }

    @Test
    void withoutSetsidPythonLeadsTheSessionAndBecomesTheCommand() throws Exception {
        var command = new ArrayList<>(DetachedCommand.ownSession(Map.of("PATH", "")));
        assertThat(command.getFirst()).isEqualTo("python3");
        command.addAll(List.of("/bin/sh", "-c", WHO_AM_I));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        assertThat(said).isEqualTo(process.pid() + " " + process.pid());
    }
}
