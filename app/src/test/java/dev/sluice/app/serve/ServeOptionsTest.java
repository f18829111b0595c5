package dev.sluice.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class ServeOptionsTest {
    @TempDir private Path folder;

    private ServeOptions read(String... words) {
        return read(Map.of(), words);
    }

    private ServeOptions read(Map<String, String> environment, String... words) {
        return ServeOptions.of(
                ArgumentParser.parse(ServeOptions.TABLE, List.of(words)), folder, environment);
    }

    @Test
    void withoutWordsItIsThisMachineOnly() {
        ServeOptions options = read(Map.of("XDG_DATA_HOME", "/somewhere"));

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8745);
        assertThat(options.data()).isEqualTo(Path.of("/somewhere/sluice"));
        assertThat(options.cores()).isPositive();
        assertThat(options.tokens()).isNull();
    }

    @Test
    void pathsAreThoseOfTheFolder() throws IOException {
        Files.writeString(folder.resolve("tokens"), "ada 0123456789abcdef\n");

        ServeOptions options =
                read("--data", "data", "--drop", "drop", "--token-file", "tokens", "--cores", "3");

        assertThat(options.data()).isEqualTo(folder.resolve("data"));
        assertThat(options.settings().drop()).isNotNull();
        assertThat(options.tokens()).isNotNull();
        assertThat(options.cores()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "--host, 0.0.0.0, without --token-file a server listens on this machine only",
        "--host, '::', without --token-file a server listens on this machine only",
        "--host, 192.0.2.1, without --token-file a server listens on this machine only",
        "--host, '', --host expects an address",
        "--port, 70000, there is no port 70000",
        "--port, x, --port expects a whole number",
        "--cores, 0, --cores expects a whole number",
        "--token-file, none, there is no token file",
        "--settings, none, there is no settings file",
    })
    void whatCannotBeIsSaid(String option, String word, String expected) {
        assertThatThrownBy(() -> read(option, word))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(expected);
    }

    @Test
    void loopbackNeedsNoTokensUnderAnyOfItsNames() {
        assertThat(read("--host", "::1").host()).isEqualTo("::1");
        assertThat(read("--host", "localhost").host()).isEqualTo("localhost");
        assertThat(read("--host", "127.0.0.2").host()).isEqualTo("127.0.0.2");
    }

    @Test
    void wordsThatAreNoOptionsBelongToSubmit() {
        assertThatThrownBy(() -> read("workflow"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("no words but options");
    }

    @Test
    void aFolderWithAnotherOnesRunsIsLeftAlone() throws IOException {
        Path data = Files.createDirectories(folder.resolve("home"));
        Path precious = Files.createDirectories(data.resolve("incoming")).resolve("precious");
        Files.writeString(precious, "x");

        assertThatThrownBy(() -> DataFolder.checked(data))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("belongs to something else");
        assertThat(precious).exists();
    }

    @Test
    void aFolderThatIsAFileIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> DataFolder.checked(file))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("a file is in the way");
    }
}
