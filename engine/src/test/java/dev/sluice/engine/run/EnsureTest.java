package dev.sluice.engine.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class EnsureTest {
    private static final String MD5_OF_X = "9dd4e461268c8034f5c8564e155c67a6";

    @TempDir Path folder;

    private static Value.MapOf wish(String name, Value value) {
        return new Value.MapOf(List.of(new Value.Entry(new Value.Text(name), value)));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void refusesAnEmptyFileOnlyWhenAsked() throws IOException {
        Path empty = file("");
        assertThrows(
                RunFailure.class,
                () -> Ensure.check(empty, "file", wish("non_empty", new Value.Bool(true))));
        assertDoesNotThrow(
                () -> Ensure.check(empty, "file", wish("non_empty", new Value.Bool(false))));
    }

    @Test
    void comparesChecksumsInAnyCase() throws IOException {
        Path file = file("x");
        String upper = MD5_OF_X.toUpperCase(java.util.Locale.ROOT);
        assertDoesNotThrow(() -> Ensure.check(file, "file", wish("md5", new Value.Text(upper))));
        RunFailure failure =
                assertThrows(
                        RunFailure.class,
                        () -> Ensure.check(file, "file", wish("md5", new Value.Text("00"))));
        assertTrue(String.valueOf(failure.getMessage()).contains(MD5_OF_X));
    }
}
