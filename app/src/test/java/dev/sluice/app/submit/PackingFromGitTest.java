package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.submit.Bundle.Origin;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Of a git checkout goes what git tracks, with what is in the folder now. */
class PackingFromGitTest {
    @TempDir Path folder;
    private Path flow;

    @BeforeEach
    void aCheckout() throws IOException, InterruptedException {
        assumeThat(Git.isThere()).as("git is installed").isTrue();
        flow = Files.createDirectory(folder.resolve("flow"));
        Git.run(flow, "init", "-q");
        write("Snakefile", "rule all:\n");
        write("config/ü.yaml", "a: 1\n");
        write("gone", "");
        write("was-folder/x", "");
        write(".gitignore", "*.bam\n");
        Git.run(flow, "add", ".");
        Git.run(flow, "commit", "-q", "-m", "first");
    }

    private void write(String path, String content) throws IOException {
        Path file = flow.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> unpacked(Bundle bundle) throws IOException {
        var out = new ByteArrayOutputStream();
        bundle.writeTo(out, written -> {});
        Path upload = Files.write(folder.resolve("upload"), out.toByteArray());
        Path into = folder.resolve("into");
        Unpacking.unpack(upload, "x", into, Uploads.QUOTA);
        var paths = new ArrayList<String>();
        try (Stream<Path> all = Files.walk(into)) {
            all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .forEach(path -> paths.add(into.relativize(path).toString()));
        }
        paths.sort(null);
        return paths;
    }

    @Test
    void whatIsTrackedGoesAsItIsInTheFolderNow() throws IOException, InterruptedException {
        write("Snakefile", "rule changed:\n");
        write("staged", "");
        Git.run(flow, "add", "staged");
        write("untracked.csv", "");
        write("ignored.bam", "");
        Files.delete(flow.resolve("gone"));
        Folders.delete(flow.resolve("was-folder"));
        Files.createSymbolicLink(flow.resolve("was-folder"), Path.of("config"));
        Bundle bundle = Packing.of(flow);
        assertThat(bundle.origin()).isEqualTo(Origin.GIT);
        assertThat(bundle.untracked()).contains("untracked.csv").doesNotContain("ignored.bam");
        assertThat(unpacked(bundle))
                .containsExactly(".gitignore", "Snakefile", "config/ü.yaml", "staged");
        assertThat(folder.resolve("into/Snakefile")).hasContent("rule changed:\n");
    }

    @Test
    void aFolderInACheckoutGoesByItself() throws IOException, InterruptedException {
        write("sub/Snakefile", "");
        write("sub/notes", "");
        Git.run(flow, "add", "sub/Snakefile");
        Bundle bundle = Packing.of(flow.resolve("sub"));
        assertThat(bundle.name()).isEqualTo("sub");
        assertThat(bundle.untracked()).containsExactly("notes");
        assertThat(unpacked(bundle)).containsExactly("Snakefile");
    }

    @Test
    void aFolderOfWhichGitTracksNothingGoesWhole() throws IOException {
        write("scratch/Snakefile", "");
        write("scratch/x.bam", "");
        Bundle bundle = Packing.of(flow.resolve("scratch"));
        assertThat(bundle.origin()).isEqualTo(Origin.FOLDER);
        assertThat(unpacked(bundle)).containsExactly("Snakefile", "x.bam");
    }

    @Test
    void submodulesGoWithIt() throws IOException, InterruptedException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Git.run(other, "init", "-q");
        Files.writeString(other.resolve("rules.smk"), "rule a:\n");
        Git.run(other, "add", ".");
        Git.run(other, "commit", "-q", "-m", "first");
        Git.run(flow, "submodule", "add", "-q", other.toString(), "modules/other");
        assertThat(unpacked(Packing.of(flow)))
                .contains("modules/other/rules.smk", ".gitmodules")
                .doesNotContain("modules/other/.git");
    }

    @Test
    void aSecretThatIsTrackedIsRefusedAllTheSame() throws IOException, InterruptedException {
        write(".env", "TOKEN=abc");
        Git.run(flow, "add", ".env");
        Bundle bundle = Packing.of(flow);
        assertThat(bundle.refused()).extracting(Refusal::path).containsExactly(".env");
        assertThat(unpacked(bundle)).doesNotContain(".env");
    }

    @Test
    void noProgramThatACheckoutNamesIsStarted() throws IOException, InterruptedException {
        write("evil.sh", "#!/bin/sh\ntouch '" + folder.resolve("started") + "'\n");
        assertThat(flow.resolve("evil.sh").toFile().setExecutable(true)).isTrue();
        Git.run(flow, "config", "core.fsmonitor", flow.resolve("evil.sh").toString());
        Git.run(flow, "status", "-s");
        assumeThat(Files.deleteIfExists(folder.resolve("started"))).as("git starts it").isTrue();
        Packing.of(flow);
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void theIgnoreFileIsAskedInsteadOfGit() throws IOException {
        write(Packing.IGNORE_FILE, "config/\n");
        write("ignored.bam", "");
        assertThat(unpacked(Packing.of(flow)))
                .contains("ignored.bam", "Snakefile")
                .doesNotContain("config/ü.yaml");
    }

    @Test
    void whereGitCannotSayNothingIsGuessed() throws IOException {
        Folders.delete(flow.resolve(".git"));
        write(".git", "gitdir: nowhere");
        assertThatThrownBy(() -> Packing.of(flow))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("git cannot say what is tracked");
    }
}
