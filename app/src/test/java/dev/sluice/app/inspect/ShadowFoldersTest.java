package dev.sluice.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ShadowFoldersTest {
    @TempDir Path folder;

    @Test
    void removesEachFolderAndFollowsNoLink() throws IOException {
        Path outside = Files.createFile(folder.resolve("precious"));
        Path shadow = Files.createDirectories(folder.resolve(".snakemake/shadow/one/sub"));
        Files.createDirectories(folder.resolve(".snakemake/shadow/two"));
        Files.createSymbolicLink(shadow.resolve("link"), outside);
        Files.createSymbolicLink(shadow.resolve("folder"), folder);
        assertThat(ShadowFolders.remove(folder)).isEqualTo(2);
        assertThat(Files.exists(outside)).isTrue();
        assertThat(folder.resolve(".snakemake/shadow")).isEmptyDirectory();
    }

    @Test
    void findsNothingWhereNoneEverWas() throws IOException {
        assertThat(ShadowFolders.remove(folder)).isZero();
        assertThat(folder).isEmptyDirectory();
    }
}
