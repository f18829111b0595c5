package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/** What is remembered of outputs when the machine was started anew, and what a power cut takes. */
class ProvenanceAfterRestartTest {
    private static final OutputRecord.Left LEFT = new OutputRecord.Left(10, 20);

    @TempDir Path workdir;

    private long now = 1_700_000_000_000L;
    private RunFolder folder = new RunFolder(Path.of("."), "none");

    @Test
    void tellsHowAJobLeftAnOutputUnderAnotherBoot() {
        run("monday").append(List.of(finished("a", "code")));

        assertThat(left("a", "tuesday")).isEqualTo(LEFT);
        assertThat(left("a", "monday")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-"})
    void aBootThatIsNotKnownIsNoOther(String unknown) {
        run("monday").append(List.of(finished("a", "code")));
        run(unknown).append(List.of(finished("b", "code")));

        assertThat(left("a", unknown)).isNull();
        assertThat(left("b", "tuesday")).isNull();
    }

    @Test
    void aJournalThatDoesNotSayItsBootGivesNoJudgement() {
        now += 1000;
        InstantSource clock = () -> Instant.ofEpochMilli(now++);
        Journal.create(RunFolder.create(workdir, clock).journal(), clock)
                .append(List.of(finished("a", "code")));

        assertThat(left("a", "tuesday")).isNull();
    }

    @Test
    void whatARunMadeAfterItWasResumedIsOfTheLaterBoot() {
        Journal run = run("monday");
        run.append(List.of(finished("a", "code")));
        run.append(List.of(resumed("tuesday"), finished("b", "code")));

        assertThat(left("a", "tuesday")).isEqualTo(LEFT);
        assertThat(left("b", "tuesday")).isNull();
        assertThat(left("b", "wednesday")).isEqualTo(LEFT);
    }

    @Test
    void whatWasTouchedSinceIsAsItWasTouched() {
        Journal run = run("monday");
        run.append(List.of(finished("a", "code"), resumed("tuesday")));
        run.append(List.of(new Fact.OutputsTouched(List.of(new JobRecord.Output("a", 0, 99)))));

        assertThat(left("a", "tuesday")).isNull();
        assertThat(left("a", "wednesday")).isEqualTo(new OutputRecord.Left(0, 99));
    }

    @Test
    void anOutputThatWasBegunOrLostSinceIsNotCompared() {
        Journal run = run("monday");
        run.append(List.of(finished("a", "code"), finished("b", "code"), finished("c", "code")));
        run.append(List.of(started("a", 2), started("b", 2), settled("b", 2)));
        run.append(List.of(new Fact.OutputsForgotten(List.of("c"))));

        assertThat(left("a", "tuesday")).isNull();
        assertThat(of("a", "tuesday").incomplete()).isTrue();
        assertThat(left("b", "tuesday")).isNull();
        assertThat(Provenance.load(workdir, "tuesday").of("c")).isNull();
    }

    @Test
    void theSnapshotKeepsTheBootOfOutputsAndOfRunsThatGoOn() {
        Journal run = run("monday");
        run.append(List.of(finished("a", "code")));
        Provenance.load(workdir).save();
        run.append(List.of(finished("b", "code")));

        assertThat(left("a", "tuesday")).isEqualTo(LEFT);
        assertThat(left("b", "tuesday")).isEqualTo(LEFT);
        assertThat(left("b", "monday")).isNull();
    }

    @Test
    void asksThisMachineForItsBoot() {
        String boot = Holder.self().origin(workdir).boot();
        run(boot).append(List.of(finished("a", "code")));
        run("another").append(List.of(finished("b", "code")));

        Provenance provenance = Provenance.load(workdir);
        assertThat(Objects.requireNonNull(provenance.of("a")).left()).isNull();
        if (!boot.equals("-")) {
            assertThat(Objects.requireNonNull(provenance.of("b")).left()).isEqualTo(LEFT);
        }
    }

    @Test
    void aSnapshotOfAnEarlierVersionIsMadeAnewWithoutAWord() throws IOException {
        run("monday").append(List.of(finished("a", "code")));
        Provenance.load(workdir).save();
        Path snapshot = RunFolder.provenance(workdir);
        byte[] bytes = Files.readAllBytes(snapshot);
        assertThat(bytes[7]).as("the version").isEqualTo((byte) 2);
        bytes[7] = 1;
        Files.write(snapshot, bytes);

        Provenance provenance = Provenance.load(workdir, "tuesday");

        assertThat(Objects.requireNonNull(provenance.of("a")).left()).isEqualTo(LEFT);
        assertThat(provenance.troubles()).isEmpty();
        provenance.save();
        assertThat(Files.readAllBytes(snapshot)[7]).isEqualTo((byte) 2);
    }

    @Test
    void aJournalWhoseEndAPowerCutTookIsReadAgain() throws IOException {
        Journal run = run("monday");
        run.append(List.of(started("a", 1), finished("a", "code"), settled("a", 1)));
        long kept = run.size();
        run.append(List.of(started("b", 1), finished("b", "code"), settled("b", 1)));
        run.append(List.of(started("c", 1)));
        Provenance.load(workdir).save();
        cutTo(kept);

        resume().append(List.of(resumed("tuesday"), started("d", 1)));

        Provenance provenance = Provenance.load(workdir, "tuesday");
        assertThat(provenance.troubles()).isEmpty();
        assertThat(provenance.incomplete())
                .as("c may be half-made; d is known though the journal is shorter than it was")
                .containsExactlyInAnyOrder("c", "d");
        assertThat(left("b", "tuesday")).as("it was made, and may be lost").isEqualTo(LEFT);
        assertThat(provenance.jobOf("a")).isNotNull();
        assertThat(provenance.jobOf("b")).as("what was written of it is lost").isNull();
    }

    @Test
    void factsWrittenInThePlaceOfLostOnesAreReadToo() throws IOException {
        Journal run = run("monday");
        run.append(List.of(started("a", 1)));
        long kept = run.size();
        run.append(List.of(finished("a", "lost")));
        Provenance.load(workdir).save();
        cutTo(kept);

        Journal next = resume();
        next.append(List.of(resumed("tuesday"), finished("a", "again")));
        for (int i = 0; i < 20; i++) {
            next.append(List.of(finished("b" + i, "code")));
        }

        Provenance provenance = Provenance.load(workdir, "tuesday");
        assertThat(provenance.troubles()).isEmpty();
        assertThat(Objects.requireNonNull(of("a", "tuesday").fingerprint()).code())
                .isEqualTo("again");
        assertThat(provenance.size()).isEqualTo(21);
        provenance.save();
        assertThat(Provenance.load(workdir, "tuesday").catchUp()).isZero();
    }

    @Test
    void aClockThatIsSetBackDoesNotTurnTheOrderOfARunsFacts() {
        Journal run = run("monday");
        run.append(List.of(started("a", 1), started("b", 1)));
        now -= 3_600_000;
        run.append(List.of(finished("a", "code"), settled("a", 1)));
        assertThat(of("a", "monday").incomplete()).isFalse();

        Provenance.load(workdir).save();
        now -= 3_600_000;
        run.append(List.of(finished("b", "code"), settled("b", 1)));
        assertThat(of("b", "monday").incomplete()).isFalse();
        assertThat(Provenance.load(workdir).incomplete()).isEmpty();
    }

    @Test
    void aRunThatBeginsAfterTheClockWasSetBackIsTheLaterOneAllTheSame() {
        run("monday").append(List.of(finished("a", "code"), finished("b", "code")));
        now -= 3_600_000;
        InstantSource clock = Provenance.load(workdir).clock(() -> Instant.ofEpochMilli(now++));
        RunFolder second = RunFolder.create(workdir, () -> Instant.ofEpochMilli(now++));
        Journal journal = Journal.create(second.journal(), clock);

        journal.append(List.of(started("a", 1)));
        assertThat(of("a", "monday").incomplete()).isTrue();
        journal.append(List.of(finished("a", "second")));
        assertThat(Objects.requireNonNull(of("a", "monday").fingerprint()).code())
                .isEqualTo("second");

        Provenance.load(workdir).save();
        now += 86_400_000;
        journal.append(List.of(finished("b", "a day later")));
        assertThat(Journal.read(second.journal()).getLast().millis())
                .as("the machine's own time again")
                .isEqualTo(now - 1);
    }

    @Test
    void aFolderWithoutRunsHasTheMachinesClock() {
        InstantSource machine = () -> Instant.ofEpochMilli(5);

        assertThat(Provenance.load(workdir).clock(machine).millis()).isEqualTo(5);
    }

    private Journal run(String boot) {
        now += 1000;
        InstantSource clock = () -> Instant.ofEpochMilli(now++);
        folder = RunFolder.create(workdir, clock);
        Journal journal = Journal.create(folder.journal(), clock);
        journal.append(
                List.of(
                        new Fact.RunStarted(
                                List.of(), "/w", "ada", "ada", "1", List.of(), origin(boot))));
        return journal;
    }

    private Journal resume() {
        return Journal.resume(folder.journal(), () -> Instant.ofEpochMilli(now++));
    }

    private void cutTo(long size) throws IOException {
        try (var file = FileChannel.open(folder.journal(), StandardOpenOption.WRITE)) {
            file.truncate(size);
        }
    }

    private OutputRecord of(String path, String boot) {
        return Objects.requireNonNull(Provenance.load(workdir, boot).of(path), path);
    }

    private OutputRecord.@Nullable Left left(String path, String boot) {
        return of(path, boot).left();
    }

    private static Fact.Origin origin(String boot) {
        return new Fact.Origin("/w", "host", boot);
    }

    private static Fact resumed(String boot) {
        return new Fact.RunResumed(List.of(), "ada", "1", 2, origin(boot));
    }

    private static Fact started(String name, int attempt) {
        var job = new PlannedJob(new Key(name), "rule", new LinkedHashMap<>(), List.of(name));
        return new Fact.AttemptStarted(
                new Key(name), attempt, 1, "local", Needs.threads(1), List.of(job));
    }

    private static Fact settled(String name, int attempt) {
        return new Fact.TaskSettled(new Key(name), attempt, new Verdict.Failed("x"));
    }

    private static Fact finished(String name, String code) {
        return new Fact.JobFinished(
                new Key(name),
                1,
                new JobRecord(
                        new Key(name),
                        "rule",
                        new LinkedHashMap<>(),
                        List.of(new JobRecord.Output(name, 10, 20)),
                        new JobRecord.Made(
                                "make " + name,
                                "cmd",
                                code,
                                List.of(),
                                List.of(),
                                "",
                                "",
                                List.of()),
                        List.of(),
                        "",
                        new JobRecord.Usage(1, 2, 0, 3, 4)));
    }
}
