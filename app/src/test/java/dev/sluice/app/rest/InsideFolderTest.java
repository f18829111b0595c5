package dev.sluice.app.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** No path and no link leads out of a working folder. */
class InsideFolderTest {
    @TempDir Path data;
    private Path folder;
    private InsideFolder inside;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(data.toRealPath().resolve("work"));
        inside = new InsideFolder(folder);
    }

    private void assertOutside(String path) {
        assertThatThrownBy(() -> inside.resolve(path))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void whatLiesInsideIsFoundWhetherItIsThereOrNot() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "");
        assertThat(inside.resolve("log")).isEqualTo(log);
        assertThat(inside.resolve("a/../log")).isEqualTo(log);
        assertThat(inside.resolve("logs/none")).isEqualTo(folder.resolve("logs/none"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("log"));
        assertThat(inside.resolve("link")).isEqualTo(log);
    }

    @Test
    void whatLiesElsewhereIsNot() throws IOException {
        assertOutside("../x");
        assertOutside("/etc/passwd");
        assertOutside("a/../../x");
        Files.createSymbolicLink(folder.resolve("out"), data);
        assertOutside("out");
        assertOutside("out/new");
        Files.createSymbolicLink(folder.resolve("dangling"), data.resolve("none"));
        assertOutside("dangling");
    }

    @Test
    void linksThatLeadInACircleEnd() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        assertOutside("a");
    }
}
