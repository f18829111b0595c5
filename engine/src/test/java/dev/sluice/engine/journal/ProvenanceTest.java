package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

class ProvenanceTest {
    @TempDir Path workdir;

    private long now = 1_700_000_000_000L;

    @Test
    void remembersWhatAnOutputWasMadeWith() {
        Journal run = run();
        run.append(List.of(started("a", 1), finished("a", 1, "code1"), settled("a", 1)));

        OutputRecord a = of(Provenance.load(workdir), "a");

        assertThat(a.incomplete()).isFalse();
        assertThat(a.rule()).isEqualTo("rule");
        assertThat(Objects.requireNonNull(a.fingerprint()).code()).isEqualTo("code1");
        assertThat(a.inputChecksums()).containsExactly(java.util.Map.entry("in", "5ha"));
        assertThat(Provenance.load(workdir).of("b")).isNull();
        assertThat(Provenance.load(workdir).leftAs("a"))
                .isEqualTo(new JobRecord.Output("a", 10, 20));
    }

    @Test
    void anOutputThatWasBegunAndNeverEndedIsIncomplete() {
        run().append(List.of(started("a", 1)));
        Provenance provenance = Provenance.load(workdir);
        assertThat(of(provenance, "a").incomplete()).isTrue();
        assertThat(provenance.incomplete()).containsExactly("a");
    }

    @Test
    void anOutputOfAFailedJobIsForgottenUnlessItWasKept() {
        run().append(
                        List.of(
                                started("a", 1),
                                new Fact.JobFailed(
                                        new Key("a"),
                                        1,
                                        new JobEnd.Failed(
                                                new Key("a"), "rule", 1, "", "", List.of())),
                                settled("a", 1),
                                started("b", 1),
                                new Fact.JobFailed(
                                        new Key("b"),
                                        1,
                                        new JobEnd.Failed(
                                                new Key("b"), "rule", 1, "", "", List.of("b"))),
                                settled("b", 1)));
        Provenance provenance = Provenance.load(workdir);
        assertThat(provenance.of("a")).isNull();
        assertThat(of(provenance, "b").incomplete()).isTrue();
    }

    @Test
    void anAttemptThatCameToNothingLeavesWhatMadeTheOutputBefore() {
        Journal run = run();
        run.append(List.of(started("a", 1), finished("a", 1, "code1"), settled("a", 1)));
        run.append(List.of(started("a", 2)));
        assertThat(of(Provenance.load(workdir), "a").incomplete()).isTrue();
        run.append(List.of(settled("a", 2)));

        Provenance provenance = Provenance.load(workdir);
        assertThat(of(provenance, "a").incomplete()).isFalse();
        assertThat(code("a")).isEqualTo("code1");
        assertThat(provenance.leftAs("a")).as("the file is gone").isNull();
        provenance.save();
        assertThat(Provenance.load(workdir).of("a")).isEqualTo(provenance.of("a"));
    }

    @Test
    void theLaterRunHolds() {
        run().append(List.of(finished("a", 1, "code1")));
        run().append(List.of(finished("a", 1, "code2")));
        assertThat(code("a")).isEqualTo("code2");
    }

    @Test
    void anOlderRunThatWentOnLaterHoldsInWhateverOrderTheyAreRead() throws IOException {
        Journal old = run();
        Journal young = run();
        young.append(List.of(finished("a", 1, "young")));
        Provenance.load(workdir).save();
        old.append(List.of(finished("a", 1, "old, but later")));

        assertThat(code("a")).isEqualTo("old, but later");
        Files.delete(RunFolder.provenance(workdir));
        assertThat(code("a")).isEqualTo("old, but later");
    }

    @Test
    void whatIsToBeForgottenStaysForgotten() throws IOException {
        Journal old = run();
        old.append(List.of(finished("a", 1, "code1"), finished("b", 1, "code1")));
        run().append(List.of(new Fact.OutputsForgotten(List.of("a"))));
        assertThat(Provenance.load(workdir).of("a")).isNull();
        assertThat(code("b")).isEqualTo("code1");

        Provenance.load(workdir).save();
        assertThat(Provenance.load(workdir).of("a")).isNull();
    }

    @Test
    void touchedOutputsKeepTheirPast() {
        run().append(
                        List.of(
                                finished("a", 1, "code1"),
                                new Fact.OutputsTouched(
                                        List.of(new JobRecord.Output("a", 10, 99)))));
        assertThat(Provenance.load(workdir).leftAs("a"))
                .isEqualTo(new JobRecord.Output("a", 10, 99));
        assertThat(code("a")).isEqualTo("code1");
    }

    @Test
    void theSnapshotSaysTheSameAsTheJournals() {
        Journal run = run();
        run.append(List.of(finished("a", 1, "code1"), started("b", 1), started("c", 1)));
        Provenance folded = Provenance.load(workdir);
        folded.save();
        Provenance read = Provenance.load(workdir);
        for (String path : List.of("a", "b", "c", "d")) {
            assertThat(read.of(path)).isEqualTo(folded.of(path));
            assertThat(read.leftAs(path)).isEqualTo(folded.leftAs(path));
        }
        assertThat(read.catchUp()).isZero();

        run.append(List.of(settled("b", 1)));
        assertThat(Provenance.load(workdir).incomplete())
                .as("an attempt begun before the snapshot and settled behind it")
                .containsExactly("c");
    }

    @Test
    void findsEachOfManyOutputsInTheSnapshotAndInWhatChangedSince() {
        Journal run = run();
        for (int i = 0; i < 3000; i++) {
            run.append(List.of(finished("out/" + i, 1, "code" + i % 7)));
        }
        Provenance.load(workdir).save();
        run.append(List.of(finished("out/5", 2, "later"), finished("new", 1, "later")));
        Provenance.load(workdir).save();

        Provenance provenance = Provenance.load(workdir);
        assertThat(provenance.size()).isEqualTo(3001);
        for (int i = 0; i < 3000; i++) {
            String code = i == 5 ? "later" : "code" + i % 7;
            assertThat(Objects.requireNonNull(of(provenance, "out/" + i).fingerprint()).code())
                    .isEqualTo(code);
            assertThat(provenance.of("out/" + i + "x")).isNull();
        }
        assertThat(provenance.of("new")).isNotNull();
    }

    @Test
    void savesByItselfOnlyWhenMuchIsNew() {
        Journal run = run();
        run.append(List.of(finished("a", 1, "code1")));
        Provenance.load(workdir).saveIfMuchIsNew();
        assertThat(RunFolder.provenance(workdir)).doesNotExist();
        for (int i = 0; i < 1001; i++) {
            run.append(List.of(finished("out/" + i, 1, "code1")));
        }
        Provenance.load(workdir).saveIfMuchIsNew();
        assertThat(RunFolder.provenance(workdir)).exists();
    }

    @Test
    void aDamagedSnapshotIsNone() throws IOException {
        run().append(List.of(finished("a", 1, "code1")));
        Provenance.load(workdir).save();
        Path snapshot = RunFolder.provenance(workdir);
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
        assertThat(code("a")).isEqualTo("code1");
    }

    @Test
    void aJournalThatCannotBeReadIsToldOfAndPassedOver() throws IOException {
        run().append(List.of(finished("a", 1, "code1")));
        Files.writeString(
                RunFolder.create(workdir, () -> Instant.ofEpochMilli(now)).journal(),
                "rubbish rubbish");
        Provenance provenance = Provenance.load(workdir);
        assertThat(provenance.of("a")).isNotNull();
        assertThat(provenance.troubles()).singleElement().asString().contains("is not a journal");
    }

    @Test
    void findsAllThatWasWrittenOfTheJobThatMadeAnOutput() {
        run().append(List.of(started("a", 1), finished("a", 1, "code1")));
        Provenance.load(workdir).save();
        JobRecord job = Objects.requireNonNull(Provenance.load(workdir).jobOf("a"));
        assertThat(job.made().command()).isEqualTo("make a");
    }

    private Journal run() {
        now += 1000;
        InstantSource clock = () -> Instant.ofEpochMilli(now++);
        return Journal.create(RunFolder.create(workdir, clock).journal(), clock);
    }

    private String code(String path) {
        return Objects.requireNonNull(of(Provenance.load(workdir), path).fingerprint()).code();
    }

    private static OutputRecord of(Provenance provenance, String path) {
        return Objects.requireNonNull(provenance.of(path), path);
    }

    private static Fact started(String name, int attempt) {
        var job = new PlannedJob(new Key(name), "rule", new LinkedHashMap<>(), List.of(name));
        return new Fact.AttemptStarted(
                new Key(name), attempt, 1, "local", Needs.threads(1), List.of(job));
    }

    private static Fact settled(String name, int attempt) {
        return new Fact.TaskSettled(new Key(name), attempt, new Verdict.Failed("x"));
    }

    private static Fact finished(String name, int attempt, String code) {
        return new Fact.JobFinished(
                new Key(name),
                attempt,
                new JobRecord(
                        new Key(name),
                        "rule",
                        new LinkedHashMap<>(),
                        List.of(new JobRecord.Output(name, 10, 20)),
                        new JobRecord.Made(
                                "make " + name,
                                "cmd",
                                code,
                                List.of("1", "2"),
                                List.of("in"),
                                "inputs",
                                "conda",
                                List.of(new JobRecord.Checksum("in", "5ha"))),
                        List.of(),
                        "",
                        new JobRecord.Usage(1, 2, 0, 3, 4)));
    }
}
