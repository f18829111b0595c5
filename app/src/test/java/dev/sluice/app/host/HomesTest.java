package dev.sluice.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class HomesTest {
    @TempDir Path data;
    private final List<String> said = new ArrayList<>();

    private Homes open() {
        return Homes.open(data, Clock.systemUTC(), said::add);
    }

    private static Path workflow(Homes homes) {
        try {
            Path folder = homes.incoming().resolve("unpacked");
            Files.createDirectory(folder);
            Files.writeString(folder.resolve("Snakefile"), "rule a:\n    output: 'x'\n");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HostedRun accept(Homes homes) {
        return homes.accept("ada", "flow", List.of("-c", "2", "a\nb"), workflow(homes), 12);
    }

    @Test
    void aRunThatWasAcceptedIsThereAfterwards() {
        HostedRun run;
        try (Homes homes = open()) {
            run = accept(homes);
            assertThat(run.workdir().resolve("Snakefile")).exists();
        }
        try (Homes homes = open()) {
            assertThat(homes.all()).containsExactly(run);
            Submission submission = homes.all().getFirst().submission();
            assertThat(submission.owner()).isEqualTo("ada");
            assertThat(submission.words()).containsExactly("-c", "2", "a\nb");
            assertThat(submission.bytes()).isEqualTo(12);
        }
    }

    @Test
    void nothingIsLeftOfWhatWasBeingReceivedWhenAServerDied() throws Exception {
        try (Homes homes = open()) {
            // Died before the workflow lay in a home.
            workflow(homes);
            // Died when it did, but nothing said whose it is.
            Path half = homes.incoming();
            Files.move(workflow(homes), half.resolve("work"));
            // Died with all in place, but its last name.
            Path whole = homes.incoming();
            Files.move(workflow(homes), whole.resolve("work"));
            SubmissionFile.write(
                    whole,
                    new Submission("20260101-000000-000", "a", "b", List.of(), Instant.EPOCH, 1));
            // Died while a run was deleted.
            HostedRun gone = accept(homes);
            Files.move(gone.home(), homes.incoming().resolve("deleted"));
        }
        try (Homes homes = open()) {
            assertThat(homes.all()).isEmpty();
            assertThat(data.resolve("incoming")).isEmptyDirectory();
            assertThat(data.resolve("runs")).isEmptyDirectory();
        }
    }

    @Test
    void aHomeThatIsNotWholeIsNoRunAndKeepsNoOtherFromBeingFound() throws Exception {
        HostedRun whole;
        try (Homes homes = open()) {
            HostedRun cut = accept(homes);
            HostedRun odd = accept(homes);
            HostedRun strange = accept(homes);
            whole = accept(homes);
            Path file = cut.home().resolve("submission.json");
            String text = Files.readString(file);
            Files.writeString(file, text.substring(0, text.length() / 2));
            Path date = odd.home().resolve("submission.json");
            Files.writeString(
                    date,
                    Files.readString(date).replaceAll("\"received\":\"[^\"]*", "\"received\":\"x"));
            Files.writeString(strange.home().resolve("submission.json"), text);
        }
        try (Homes homes = open()) {
            assertThat(homes.all()).containsExactly(whole);
            assertThat(said).hasSize(3);
        }
    }

    @Test
    void idsAreUniqueHoweverManyComeInTheSameMoment() throws Exception {
        InstantSource standing = InstantSource.fixed(Instant.parse("2026-11-24T10:11:12.013Z"));
        try (Homes homes = Homes.open(data, standing, said::add);
                var threads = Executors.newFixedThreadPool(8)) {
            Callable<String> one = () -> accept(homes).id();
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(one));
            }
            Set<String> ids = new LinkedHashSet<>();
            for (Future<String> each : all) {
                ids.add(each.get());
            }
            assertThat(ids).hasSize(40).contains("20261124-101112-013", "20261124-101112-013-40");
            assertThat(homes.all())
                    .extracting(HostedRun::id)
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void whatCannotBeKeptLeavesNothingBehind() {
        try (Homes homes = open()) {
            Path empty = homes.incoming();
            Path absent = empty.resolve("absent");
            assertThatThrownBy(() -> homes.accept("ada", "flow", List.of(), absent, 1))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(homes.all()).isEmpty();
            assertThat(data.resolve("incoming")).isDirectoryContaining(empty::equals);
            assertThat(data.resolve("incoming").toFile().list()).hasSize(1);
        }
    }

    @Test
    void deletesAlsoWhatNobodyMayLookInto() throws Exception {
        try (Homes homes = open()) {
            HostedRun run = accept(homes);
            Path shut = Files.createDirectories(run.workdir().resolve("shut/deep"));
            Files.writeString(shut.resolve("file"), "x");
            Files.createSymbolicLink(shut.resolve("link"), data);
            Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
            Files.setPosixFilePermissions(
                    shut.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
            int incoming = data.resolve("incoming").toFile().list().length;
            homes.delete(run);
            assertThat(homes.all()).isEmpty();
            assertThat(run.home()).doesNotExist();
            homes.delete(run);
            assertThat(data.resolve("incoming").toFile().list()).hasSize(incoming);
            assertThat(said).isEmpty();
        }
    }

    @Test
    void oneServerWorksInAFolder() {
        try (Homes _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("another server works in " + data);
        }
        open().close();
    }

    @Test
    void nobodyElseMayLookIntoRuns() throws Exception {
        try (Homes _ = open()) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.resolve("runs"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void remembersWhereARunWorksAndThatSomebodyWantsItGoneOnWith() {
        try (Homes homes = open()) {
            HostedRun run = accept(homes);
            assertThat(run.folder().workdir()).isEqualTo(run.workdir());
            WorksIn.write(run.home(), Path.of("/some where/else "));
            assertThat(run.folder().workdir()).isEqualTo(Path.of("/some where/else "));
            assertThat(ResumeRequest.read(run)).isNull();
            ResumeRequest.write(run, List.of("--cores", "1", "a b\n\"c\""));
            assertThat(ResumeRequest.read(run)).containsExactly("--cores", "1", "a b\n\"c\"");
            ResumeRequest.heard(run);
            assertThat(ResumeRequest.read(run)).isNull();
        }
    }
}
