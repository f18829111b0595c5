package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

class RunFolderTest {
    @TempDir Path workdir;

    @Test
    void idsSortByTimeAndAreNeverGivenTwice() {
        RunFolder first = create("2026-01-31T23:59:59.999Z");
        RunFolder same = create("2026-01-31T23:59:59.999Z");
        RunFolder later = create("2026-02-01T00:00:00Z");
        assertThat(first.id()).isEqualTo("20260131-235959-999");
        assertThat(RunFolder.all(workdir)).containsExactly(first, same, later);
        assertThat(first.logs()).isDirectory();
    }

    @Test
    void gitPassesOverAllOfIt() {
        create("2026-02-01T00:00:00Z");
        assertThat(workdir.resolve(".sluice/.gitignore")).hasContent("*");
    }

    @Test
    void aFolderWithoutRunsHasNone() {
        assertThat(RunFolder.all(workdir)).isEmpty();
    }

    private RunFolder create(String time) {
        return RunFolder.create(workdir, InstantSource.fixed(Instant.parse(time)));
    }
}
