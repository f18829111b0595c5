package dev.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.Option.Support;
import dev.sluice.app.options.OptionTable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class CompletionTest {
    private static final OptionTable TABLE = SnakemakeOptions.table();

    @TempDir Path folder;

    @Test
    void isAScriptThatBashAccepts() throws Exception {
        assertThat(bash("bash -n \"$1\"")).isEmpty();
    }

    @Test
    void completesOptionsOfRun() throws Exception {
        assertThat(complete("run", "--delete").lines())
                .containsExactlyInAnyOrder("--delete-all-output", "--delete-temp-output");
    }

    @Test
    void completesCommandsAndShells() throws Exception {
        assertThat(complete("comp")).isEqualTo("completion\n");
        assertThat(complete("r").lines())
                .containsExactlyInAnyOrder("run", "resume", "runs", "report");
        assertThat(complete("resume", "--retry")).isEqualTo("--retry-failed\n");
        assertThat(complete("status", "--j")).isEqualTo("--json\n");
        assertThat(complete("completion", "z")).isEqualTo("zsh\n");
    }

    @Test
    void completesFilesElsewhere() throws Exception {
        Files.createFile(folder.resolve("results.txt"));
        assertThat(complete("run", "resu")).isEqualTo("results.txt\n");
    }

    @Test
    void offersNothingThatIsNotBuilt() throws Exception {
        List<String> offered = complete("run", "--").lines().toList();
        for (Option option : TABLE.all()) {
            assertThat(offered.contains(option.names().getFirst()))
                    .as(option.key())
                    .isEqualTo(option.support() != Support.NOT_BUILT);
        }
    }

    @Test
    void writesALineForFishForEachOptionWithItsQuotesClosed() {
        String script = Completion.script(TABLE, "fish");
        for (String line : script.lines().toList()) {
            assertThat(line.replace("\\'", "").chars().filter(c -> c == '\'').count() % 2)
                    .as(line)
                    .isZero();
        }
        assertThat(script)
                .contains(" -l dry-run -l dryrun -s n ")
                .contains(" -l snakefile -s s -r ");
    }

    @Test
    void letsZshReadTheScriptOfBash() {
        assertThat(Completion.script(TABLE, "zsh"))
                .startsWith("autoload -U +X bashcompinit")
                .endsWith(Completion.script(TABLE, "bash"));
    }

    @Test
    void namesTheShellsItKnowsWhenAskedForAnother() {
        assertThatThrownBy(() -> Completion.script(TABLE, "tcsh"))
                .isInstanceOfSatisfying(
                        UsageError.class,
                        error -> assertThat(error.hint()).contains("bash, zsh and fish"));
    }

    private String complete(String... words) throws Exception {
        String line = "sluice " + String.join(" ", words);
        return bash(
                ". \"$1\"; COMP_WORDS=("
                        + line
                        + "); COMP_CWORD="
                        + words.length
                        + "; _sluice; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    /** What bash prints, errors included; {@code $1} is the script. */
    private String bash(String command) throws IOException, InterruptedException {
        Path script =
                Files.writeString(folder.resolve("sluice.bash"), Completion.script(TABLE, "bash"));
        Process process =
                new ProcessBuilder("bash", "-c", command, "bash", script.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
