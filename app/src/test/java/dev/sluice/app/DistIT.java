package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@code mvn package} leaves for the user. */
final class DistIT {

    private static final Path DIST = Path.of(System.getProperty("sluice.dist.dir", "target/dist"));

    @TempDir private Path temp;

    /** Each jar costs every command some start-up: add one here only when a local run needs it. */
    @Test
    void theCommandLineHasTheseJarsAndNoOther() throws IOException {
        assertThat(namesIn(DIST.resolve("lib/cli")))
                .containsExactly(
                        "antlr4-runtime.jar",
                        "jackson-core.jar",
                        "jgrapht-core.jar",
                        "jheaps.jar",
                        "json-schema.jar",
                        "sluice-app.jar",
                        "sluice-dsl-grammar.jar",
                        "sluice-engine.jar",
                        "sluice-executor-local.jar",
                        "snakeyaml.jar");
    }

    @Test
    void theLauncherNamesEveryJar() throws IOException {
        String launcher = Files.readString(DIST.resolve("bin/sluice"));
        for (String folder : List.of("cli", "serve")) {
            for (String jar : namesIn(DIST.resolve("lib").resolve(folder))) {
                assertThat(launcher).contains("$lib/" + folder + "/" + jar);
            }
        }
    }

    @Test
    void theBuildIsNamedByItsContents() throws IOException {
        assertThat(DIST.resolve("lib/BUILD_ID")).content().matches("[0-9a-f]{16}\n");
    }

    @Test
    void pythonComesWithoutItsCachesAndTests() throws Exception {
        String names = run(temp, "tar", "tzf", archive().toString());
        assertThat(names).contains("/python/sluice_helper/__main__.py\n");
        assertThat(names).doesNotContain("__pycache__", "/test_");
    }

    @Test
    void theArchiveRunsFromAReadOnlyFolderAnywhere() throws Exception {
        Path place = Files.createDirectory(temp.resolve("a place"));
        run(place, "tar", "xzf", archive().toString());
        run(place, "chmod", "-R", "a-w", ".");
        Path link = temp.resolve("linked");
        try (var unpacked = Files.newDirectoryStream(place)) {
            Files.createSymbolicLink(link, unpacked.iterator().next().resolve("bin/sluice"));
        }
        assertThat(run(temp, "./linked", "--version")).startsWith("sluice ");
        run(place, "chmod", "-R", "u+w", ".");
    }

    @Test
    void anOldJavaIsNotTaken() throws Exception {
        Path jdk = Files.createDirectories(temp.resolve("jdk-21"));
        Files.createDirectories(jdk.resolve("bin"));
        Files.createFile(jdk.resolve("bin/java")).toFile().setExecutable(true);
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.4\"\n");
        var builder = new ProcessBuilder(DIST.resolve("bin/sluice").toString(), "--version");
        builder.environment().put("SLUICE_JAVA_HOME", jdk.toString());
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).contains("is not a JDK 25 or newer");
    }

    private static Path archive() throws IOException {
        try (var files = Files.newDirectoryStream(DIST.resolveSibling("."), "sluice-*.tar.gz")) {
            return files.iterator().next().toAbsolutePath();
        }
    }

    private static List<String> namesIn(Path folder) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).sorted().forEach(names::add);
        }
        return names;
    }

    private static String run(Path folder, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("SLUICE_AOT", "off");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
