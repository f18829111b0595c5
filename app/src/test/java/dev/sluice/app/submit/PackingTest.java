package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.submit.Bundle.Origin;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** What of a folder is packed, and that it comes out as it went in. */
class PackingTest {
    @TempDir Path folder;
    private Path flow;

    @BeforeEach
    void aFolder() throws IOException {
        flow = Files.createDirectory(folder.resolve("my-flow"));
        write("Snakefile", "rule all:\n");
    }

    private Path write(String path, String content) throws IOException {
        Path file = flow.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(TarSketch.TIME));
        return file;
    }

    private static byte[] bytes(Bundle bundle) throws IOException {
        var out = new ByteArrayOutputStream();
        bundle.writeTo(out, written -> {});
        return out.toByteArray();
    }

    private Path unpacked(Bundle bundle) throws IOException {
        Path upload = Files.write(folder.resolve("upload"), bytes(bundle));
        Path into = folder.resolve("into");
        Folders.delete(into);
        Unpacked unpacked = Unpacking.unpack(upload, "x", into, Uploads.QUOTA);
        assertThat(unpacked.files()).isEqualTo(bundle.files());
        assertThat(unpacked.bytes()).isEqualTo(bundle.bytes());
        assertThat(unpacked.left()).isEmpty();
        return into;
    }

    @Test
    void whatComesOutIsWhatWentIn() throws IOException {
        Path script = write("scripts/run.sh", "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        write("data/" + "ü".repeat(90) + "/a b.csv", "1,2");
        write("big", "x".repeat(300_000));
        Files.createDirectory(flow.resolve("empty"));
        Files.createSymbolicLink(flow.resolve("latest"), Path.of("data"));
        Files.createSymbolicLink(flow.resolve("data/whole"), flow.resolve("big"));
        Path into = unpacked(Packing.of(flow));
        assertThat(into.resolve("data/" + "ü".repeat(90) + "/a b.csv")).hasContent("1,2");
        assertThat(into.resolve("scripts/run.sh")).isExecutable();
        assertThat(Files.isExecutable(into.resolve("Snakefile"))).isFalse();
        assertThat(into.resolve("empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(into.resolve("latest"))).hasToString("data");
        assertThat(Files.readSymbolicLink(into.resolve("data/whole"))).hasToString("../big");
        assertThat(into.resolve("data/whole")).hasSize(300_000);
        assertThat(Files.getLastModifiedTime(into.resolve("Snakefile")).toInstant())
                .isEqualTo(TarSketch.TIME);
    }

    @Test
    void theSameFolderMakesTheSameBytes() throws IOException {
        write("b", "b");
        write("a/c", "c");
        assertThat(bytes(Packing.of(flow))).isEqualTo(bytes(Packing.of(flow)));
    }

    @Test
    void progressEndsAtTheSizeThatWasTold() throws IOException {
        write("big", "x".repeat(500_000));
        Bundle bundle = Packing.of(flow);
        List<Long> told = new ArrayList<>();
        bundle.writeTo(new ByteArrayOutputStream(), told::add);
        assertThat(told).isSorted().hasSizeGreaterThan(3).endsWith(bundle.bytes());
    }

    @Test
    void aFileThatShrinksIsAnErrorNotABrokenBundle() throws IOException {
        Path file = write("data", "x".repeat(10_000));
        Bundle bundle = Packing.of(flow);
        Files.delete(file);
        assertThatThrownBy(() -> bytes(bundle)).isInstanceOf(IOException.class);
    }

    @Test
    void withoutGitTheWholeFolderGoes() throws IOException {
        write(".snakemake/metadata/x", "");
        write("sub/.snakemake/y", "");
        write(".sluice/runs/1/journal", "");
        write(".git-blame-ignore-revs", "");
        Bundle bundle = Packing.of(flow);
        assertThat(bundle.origin()).isEqualTo(Origin.FOLDER);
        assertThat(bundle.name()).isEqualTo("my-flow");
        assertThat(bundle.hasSnakefile()).isTrue();
        Path into = unpacked(bundle);
        assertThat(into.resolve(".git-blame-ignore-revs")).exists();
        assertThat(into.resolve(".snakemake")).doesNotExist();
        assertThat(into.resolve("sub/.snakemake")).doesNotExist();
        assertThat(into.resolve(".sluice")).doesNotExist();
    }

    @Test
    void aSnakefileGoesAlone() throws IOException {
        write("data", "");
        Bundle bundle = Packing.of(write("rules.smk", "rule a:\n"));
        assertThat(bundle.origin()).isEqualTo(Origin.SNAKEFILE);
        assertThat(bundle.name()).isEqualTo("my-flow");
        Path into = unpacked(bundle);
        assertThat(into.resolve("Snakefile")).hasContent("rule a:\n");
        assertThat(into.resolve("data")).doesNotExist();
    }

    @Test
    void nothingThereIsAMistakeOfTheUser() {
        assertThatThrownBy(() -> Packing.of(folder.resolve("absent")))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("absent");
    }

    @ParameterizedTest
    @CsvSource({
        ".env, is named",
        ".env.production, is named",
        "config/tls.pem, is named",
        "server.KEY, is named",
        ".ssh/id_rsa, is named",
        "id_ed25519, is named",
        ".netrc, is named",
        "home/.aws/credentials, is named",
        ".kube/config, is named",
        "kubeconfig, is named",
        "passwords.kdbx, is named",
        "credentials.json, is named",
        ".git-credentials, is named"
    })
    void secretsByName(String path, String words) throws IOException {
        write(path, "secret");
        Bundle bundle = Packing.of(flow);
        assertThat(bundle.refused()).hasSize(1);
        assertThat(bundle.refused().getFirst().path()).isEqualTo(path);
        assertThat(bundle.refused().getFirst().kind()).isEqualTo(Refusal.Kind.SECRET);
        assertThat(bundle.refused().getFirst().reason()).startsWith(words);
        assertThat(unpacked(bundle).resolve(path)).doesNotExist();
        assertThat(bundle.withSecrets().refused()).isEmpty();
        assertThat(unpacked(bundle.withSecrets()).resolve(path)).hasContent("secret");
    }

    @Test
    void secretsByContent() throws IOException {
        write("deploy", "\n-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA");
        write("old.txt", "-----BEGIN RSA PRIVATE KEY-----\nAAAA");
        write(".npmrc", "//registry.example.org/:_authToken=abc");
        write(".pypirc", "[pypi]\npassword = abc");
        assertThat(Packing.of(flow).refused())
                .extracting(Refusal::path)
                .containsExactly(".npmrc", ".pypirc", "deploy", "old.txt");
    }

    @Test
    void whatOnlyLooksLikeASecretGoes() throws IOException {
        write(".env.example", "KEY=");
        write("id_rsa.pub", "ssh-rsa AAAA");
        write(".npmrc", "# password = none\nfund=false");
        write("keys.md", "A key begins with -----BEGIN PRIVATE KEY-----");
        write("ca.crt", "-----BEGIN CERTIFICATE-----");
        assertThat(Packing.of(flow).refused()).isEmpty();
    }

    @Test
    void linksThatLeaveAreToldAndStay() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("genome.fa"), "ACGT");
        Files.createSymbolicLink(flow.resolve("up"), Path.of("../genome.fa"));
        Files.createSymbolicLink(flow.resolve("abs"), folder.resolve("genome.fa"));
        Files.createSymbolicLink(flow.resolve("cache"), Path.of(".snakemake/x"));
        new ProcessBuilder("mkfifo", flow.resolve("pipe").toString()).start().waitFor();
        Bundle bundle = Packing.of(flow);
        assertThat(bundle.refused())
                .extracting(r -> r.path() + " " + r.kind())
                .containsExactly("abs LINK", "cache LINK", "pipe UNUSABLE", "up LINK");
        assertThat(bundle.withSecrets().refused()).hasSize(4);
        assertThat(unpacked(bundle).resolve("up")).doesNotExist();
    }

    @Test
    void namesThatNoServerTakesAreTold() throws IOException {
        write("a\\b", "");
        write("c\nd", "");
        assertThat(Packing.of(flow).refused())
                .extracting(Refusal::reason)
                .containsExactly("has a backslash in it", "has a control character in it");
    }

    @Test
    void theIgnoreFileHasTheFirstWord() throws IOException {
        write(Packing.IGNORE_FILE, "*.bam\n/results/\n!keep.bam\n");
        write("a.bam", "");
        write("keep.bam", "");
        write("results/x", "");
        write(".git/config", "");
        Bundle bundle = Packing.of(flow);
        assertThat(bundle.origin()).isEqualTo(Origin.IGNORE_FILE);
        Path into = unpacked(bundle);
        assertThat(into.resolve("keep.bam")).exists();
        assertThat(into.resolve("a.bam")).doesNotExist();
        assertThat(into.resolve("results")).doesNotExist();
        assertThat(into.resolve(".git")).doesNotExist();
    }
}
