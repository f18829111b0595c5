package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Good uploads, and what becomes of them. */
class UnpackingTest {
    @TempDir Path folder;
    private Uploads uploads;

    @BeforeEach
    void aServer() throws IOException {
        uploads = new Uploads(folder);
    }

    @Test
    void aTarGzATarAndAZipAreKnownByTheirContent() throws IOException {
        byte[] tar = TarSketch.workflow().file("data/a", "12345").bytes();
        byte[] zip = new ZipSketch().file("Snakefile", "r").file("data/a", "12345").bytes();
        for (byte[] upload : new byte[][] {tar, TarSketch.gzip(tar), zip}) {
            Unpacked unpacked = uploads.take(upload);
            assertThat(unpacked.snakefile()).isEqualTo("Snakefile");
            assertThat(unpacked.files()).isEqualTo(2);
            assertThat(uploads.into().resolve("data/a")).hasContent("12345");
            Folders.delete(uploads.into());
        }
    }

    @Test
    void aGzipInManyParts() throws IOException {
        byte[] tar = TarSketch.workflow().file("b", "x".repeat(5000)).bytes();
        var parts = new ByteArrayOutputStream();
        for (int at = 0; at < tar.length; at += 1000) {
            byte[] part = Arrays.copyOfRange(tar, at, Math.min(tar.length, at + 1000));
            parts.write(TarSketch.gzip(part));
        }
        assertThat(uploads.take(parts.toByteArray()).files()).isEqualTo(2);
    }

    @Test
    void aPlainSnakefileOfAnyLength() throws IOException {
        String text = "rule all:\n    output: 'ä'\n\n".repeat(100);
        Unpacked unpacked = uploads.take(text.getBytes(StandardCharsets.UTF_8));
        assertThat(unpacked.snakefile()).isEqualTo("Snakefile");
        assertThat(uploads.into().resolve("Snakefile")).hasContent(text);
        Folders.delete(uploads.into());
        unpacked = uploads.take("rule a:\n".getBytes(StandardCharsets.UTF_8), "flow.smk");
        assertThat(unpacked.snakefile()).isEqualTo("flow.smk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Snakefile", "snakefile", "workflow/Snakefile", "workflow/snakefile"})
    void theSnakefileIsFoundWhereSnakemakeLooks(String name) throws IOException {
        byte[] bare = new TarSketch().file(name, "").file("config.yaml", "").gzipped();
        assertThat(uploads.take(bare).snakefile()).isEqualTo(name);
        Folders.delete(uploads.into());
        byte[] around = new TarSketch().file("flow-main/" + name, "").gzipped();
        assertThat(uploads.take(around).snakefile()).isEqualTo(name);
        assertThat(uploads.into().resolve(name)).exists();
    }

    @Test
    void aWorkflowFolderAloneIsNotTakenAway() throws IOException {
        byte[] tar = new TarSketch().file("workflow/Snakefile", "").gzipped();
        assertThat(uploads.take(tar).snakefile()).isEqualTo("workflow/Snakefile");
    }

    @Test
    void anotherSnakefileCanBeNamed() throws IOException {
        byte[] tar = new TarSketch().file("flow/rules/all.smk", "").gzipped();
        assertThat(uploads.take(tar, "rules/all.smk").snakefile()).isEqualTo("rules/all.smk");
        Folders.delete(uploads.into());
        assertThatThrownBy(() -> uploads.take(tar, "absent.smk"))
                .isInstanceOf(BadBundle.class)
                .hasMessageContaining("`absent.smk`, named with -s, is not in it");
        assertThatThrownBy(() -> uploads.take(tar, "../outside"))
                .isInstanceOf(BadBundle.class)
                .hasMessageContaining("leads out");
        uploads.nothingIsLeft();
    }

    @Test
    void whatIsNotTheUsersIsLeftOutAndTold() throws IOException {
        byte[] tar =
                new TarSketch()
                        .file("./._flow", "mac")
                        .file("./flow/Snakefile", "")
                        .file("./flow/.git/hooks/post-checkout", "bad")
                        .file("./flow/.sluice/runs/1/journal", "bad")
                        .file("./flow/.snakemake/locks/0", "bad")
                        .file("./flow/sub/.SNAKEMAKE/x", "bad")
                        .link("./flow/.sluice2", "Snakefile")
                        .gzipped();
        Unpacked unpacked = uploads.take(tar);
        assertThat(unpacked.left())
                .containsExactly(
                        "._flow",
                        "flow/.git/hooks/post-checkout",
                        "flow/.sluice/runs/1/journal",
                        "flow/.snakemake/locks/0",
                        "flow/sub/.SNAKEMAKE/x");
        try (Stream<Path> all = Files.list(uploads.into())) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("Snakefile", ".sluice2");
        }
    }

    @Test
    void timesAreKeptButNeverInTheFuture() throws IOException {
        Instant future = Instant.now().plus(Duration.ofDays(900));
        byte[] tar =
                new TarSketch()
                        .folder("flow/data", TarSketch.TIME)
                        .file("flow/data/old", "", 0644, TarSketch.TIME)
                        .file("flow/Snakefile", "", 0644, future)
                        .file("flow/ancient", "", 0644, Instant.parse("1901-01-01T00:00:00Z"))
                        .gzipped();
        Instant before = Instant.now();
        uploads.take(tar);
        assertThat(time("data/old")).isEqualTo(TarSketch.TIME);
        assertThat(time("data")).isEqualTo(TarSketch.TIME);
        assertThat(time("Snakefile")).isBetween(before, Instant.now());
        assertThat(time("ancient")).isEqualTo(Instant.EPOCH);
    }

    private Instant time(String path) throws IOException {
        FileTime time = Files.getLastModifiedTime(uploads.into().resolve(path));
        return time.toInstant();
    }

    @Test
    void onlyTheExecutableBitOfPermissionsIsTaken() throws IOException {
        byte[] tar =
                TarSketch.workflow()
                        .file("setuid", "", 06755, TarSketch.TIME)
                        .file("open", "", 0666, TarSketch.TIME)
                        .file("closed", "", 0, TarSketch.TIME)
                        .gzipped();
        uploads.take(tar);
        assertThat(mode("setuid")).isEqualTo(0755);
        assertThat(mode("open")).isEqualTo(0644);
        assertThat(mode("closed")).isEqualTo(0644);
        Folders.delete(uploads.into());
        uploads.take(new ZipSketch().file("Snakefile", "").program("run.sh", "").bytes());
        assertThat(mode("run.sh")).isEqualTo(0755);
    }

    private int mode(String path) throws IOException {
        return (int) Files.getAttribute(uploads.into().resolve(path), "unix:mode") & 07777;
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws IOException {
        Files.createDirectories(uploads.into());
        Files.writeString(uploads.into().resolve("mine"), "mine");
        byte[] tar = TarSketch.workflow().gzipped();
        assertThatThrownBy(() -> uploads.take(tar)).isInstanceOf(DirectoryNotEmptyException.class);
        assertThat(uploads.into().resolve("mine")).hasContent("mine");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(uploads.into())))
                .startsWith("rwx");
    }

    /** Whatever is wrong with an archive, it is taken whole, or refused with nothing left. */
    @Test
    void damagedArchivesNeverDoHarm() throws IOException {
        byte[] tar =
                TarSketch.workflow()
                        .file("ä/" + "long".repeat(40), "some text")
                        .link("l", "ä")
                        .hardLink("h", "Snakefile")
                        .bytes();
        byte[] zip =
                new ZipSketch()
                        .file("Snakefile", "text")
                        .program("b/c", "d")
                        .link("e", "b")
                        .bytes();
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] damaged = (round % 2 == 0 ? tar : zip).clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                uploads.take(damaged);
                Folders.delete(uploads.into());
            } catch (BadBundle e) {
                refused++;
            }
            uploads.nothingIsLeft();
        }
        assertThat(refused).isGreaterThan(80);
    }
}
