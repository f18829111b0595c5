package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.schedule.Fact;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

class HoldTest {
    private static final Holder SELF = Holder.self();
    private static final Holder DEAD =
            new Holder(SELF.host(), SELF.machine(), SELF.pid(), "0", "ada");
    private static final Holder OTHER_BOOT =
            new Holder(
                    SELF.host(),
                    SELF.host() + " another-boot x",
                    SELF.pid(),
                    SELF.started(),
                    "ada");
    private static final Holder ELSEWHERE = new Holder("far", "far boot ns", 7, "0", "ada");

    @TempDir Path workdir;

    private final Clock clock = new Clock();
    private RunFolder first;
    private RunFolder second;

    @BeforeEach
    void makeRuns() {
        var clock = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L));
        first = RunFolder.create(workdir, clock);
        second = RunFolder.create(workdir, clock);
    }

    @Test
    void runsThatMakeOtherFilesShareAFolder() {
        try (Hold a = Hold.take(first, List.of("a", "b"));
                Hold b = Hold.take(second, List.of("c"))) {
            assertThat(a.isOurs()).isTrue();
            assertThat(b.isOurs()).isTrue();
        }
    }

    @Test
    void refusesOutputsThatALivingRunMakesAndSaysWho() {
        try (Hold _ = Hold.take(first, List.of("a", "b"))) {
            assertThatThrownBy(() -> Hold.take(second, List.of("c", "b")))
                    .isInstanceOf(HeldElsewhere.class)
                    .hasMessageContaining(first.id())
                    .hasMessageContaining("process " + SELF.pid())
                    .hasMessageContaining("making b");
            assertThat(Hold.holderOf(second)).isNull();
        }
        Hold.take(second, List.of("c", "b")).close();
    }

    @Test
    void passesOverAHolderThatIsDead() {
        heldBy(DEAD, first, List.of("a"));
        assertThat(Hold.holderOf(first)).isNull();
        assertThat(Hold.abandoned(workdir, List.of("a", "x"))).containsExactly(first);
        assertThat(Hold.abandoned(workdir, List.of("x"))).isEmpty();
        try (Hold hold = Hold.take(second, List.of("a"))) {
            assertThat(hold.isOurs()).isTrue();
        }
    }

    @Test
    void aHolderOfAnEarlierBootIsDead() {
        heldBy(OTHER_BOOT, first, List.of("a"));
        Hold.take(second, List.of("a")).close();
    }

    @Test
    void takesARunOverFromItsDeadHolderWithAHigherEpoch() {
        Hold old = Hold.take(first, List.of("a"), DEAD, Hold.Pace.usual());
        try (Hold taken = Hold.take(first, List.of("a"))) {
            assertThat(taken.epoch()).isEqualTo(old.epoch() + 1);
            assertThat(taken.isOurs()).isTrue();
            assertThat(old.isOurs()).isFalse();
            old.close();
            assertThat(taken.isOurs()).as("a holder that lost it takes nothing away").isTrue();
        }
    }

    @Test
    void aRunIsHeldByOneProcess() {
        var other =
                new Holder(SELF.host(), SELF.machine(), SELF.pid(), SELF.started(), "another name");
        try (Hold _ = Hold.take(first, List.of("a"), other, Hold.Pace.usual())) {
            assertThatThrownBy(() -> Hold.take(first, List.of("z")))
                    .isInstanceOf(HeldElsewhere.class)
                    .hasMessageContaining(
                            "run " + first.id() + " is held by process " + SELF.pid());
        }
    }

    @Test
    void aSilentHolderOnAnotherHostIsDeadAfterAMinuteOnOurClock() {
        heldFarAway(first, List.of("a"));
        Hold hold = take(second, List.of("a"), clock::waits);
        assertThat(hold.isOurs()).isTrue();
        assertThat(clock.seconds).isEqualTo(60);
        hold.close();
    }

    @Test
    void aSilentHolderDoesNotUseUpThePatienceWithTheNextOne() {
        RunFolder third = RunFolder.create(first.workdir(), InstantSource.system());
        heldFarAway(first, List.of("a"));
        heldFarAway(second, List.of("b"));
        clock.at(70, () -> renewed(second));
        assertThatThrownBy(() -> take(third, List.of("a", "b"), clock::waits))
                .isInstanceOf(HeldElsewhere.class)
                .hasMessageContaining(second.id());
    }

    @Test
    void aHolderOnAnotherHostThatRenewsLives() {
        heldFarAway(first, List.of("a"));
        clock.at(10, () -> renewed(first));
        assertThatThrownBy(() -> take(second, List.of("a"), clock::waits))
                .isInstanceOf(HeldElsewhere.class)
                .hasMessageContaining("on far");
        assertThat(clock.seconds).isEqualTo(10);
    }

    @Test
    void aHolderThatRenewsAtTheLastMomentLives() {
        heldFarAway(first, List.of("a"));
        clock.at(60, () -> renewed(first));
        assertThatThrownBy(() -> take(second, List.of("a"), clock::waits))
                .isInstanceOf(HeldElsewhere.class);
    }

    @Test
    void whoeverWaitsForASilentHolderIsInNobodysWay() {
        RunFolder third = RunFolder.create(first.workdir(), InstantSource.system());
        heldFarAway(first, List.of("a"));
        clock.at(30, () -> Hold.take(third, List.of("z")).close());
        take(second, List.of("a"), clock::waits).close();
        assertThat(clock.seconds).isEqualTo(60);
    }

    @Test
    void anotherWhoTookTheSilentHoldersRunMeanwhileKeepsIt() {
        heldFarAway(first, List.of("a"));
        var here = new Hold[1];
        clock.at(60, () -> here[0] = take(first, List.of("a"), _ -> Duration.ofDays(1)));
        var other = new Holder("third", "third boot ns", 8, "0", "ada");
        assertThatThrownBy(() -> Hold.take(first, List.of("a"), other, pace(clock::waits)))
                .isInstanceOf(HeldElsewhere.class);
        assertThat(here[0].isOurs()).isTrue();
        here[0].close();
    }

    @Test
    void whoeverTookTheRunIsNotDisturbedByTheOneWhoLostIt() throws IOException {
        var far = new Note(ELSEWHERE, 1, 1);
        Note.Counter lost = far.write(first);
        try (Hold taken = take(first, List.of("a"), clock::waits)) {
            lost.show(99);
            assertThat(taken.isOurs()).isTrue();
            assertThat(Note.read(first)).isEqualTo(new Note(SELF, 2, 1));
        }
        lost.close();
    }

    @Test
    void whoeverLostTheRunToAnotherHostCanWriteItsJournalNoMore() throws IOException {
        Path path = first.journal();
        try (Journal sleeping = Journal.create(path, InstantSource.system())) {
            sleeping.append(List.of(new Fact.Warned("before")));
            heldFarAway(first, List.of("a"));
            try (Hold _ = take(first, List.of("a"), clock::waits);
                    Journal journal = Journal.resume(path, InstantSource.system())) {
                sleeping.append(List.of(new Fact.Warned("awake again")));
                journal.append(List.of(new Fact.Warned("after")));
            }
        }
        assertThat(Journal.read(path))
                .extracting(Entry::fact)
                .containsExactly(new Fact.Warned("before"), new Fact.Warned("after"));
    }

    @Test
    void renewsItselfFromAThreadOfItsOwn() {
        var pace = new Hold.Pace(Duration.ofMillis(5), Duration.ofSeconds(1), clock::waits);
        try (Hold hold = Hold.take(first, List.of("a"), SELF, pace)) {
            await().until(() -> renewals(first) > 5);
            assertThat(hold.isOurs()).isTrue();
        }
        assertThat(first.hold()).doesNotExist();
    }

    @Test
    void aRenewalThatFailsIsTriedAgainAndCountsOn() throws IOException {
        var note = new Note(SELF, 1, 1);
        Note.Counter file = note.write(first);
        var disk = new FullDisk(file, 3);
        var pace = new Hold.Pace(Duration.ofMillis(20), Duration.ofSeconds(1), clock::waits);
        Renewal renewal = Renewal.begin(first, note, disk, pace);
        await().until(() -> renewals(first) > 1);
        assertThat(renewals(first)).isGreaterThanOrEqualTo(5);
        assertThat(renewal.isOurs()).isTrue();
        renewal.close();
    }

    /** Full for so many renewals. */
    private static final class FullDisk implements Note.Counter {
        private final Note.Counter disk;
        private int refusals;

        FullDisk(Note.Counter disk, int refusals) {
            this.disk = disk;
            this.refusals = refusals;
        }

        @Override
        public void show(long renewals) throws IOException {
            if (refusals-- > 0) {
                throw new IOException("No space left on device");
            }
            disk.show(renewals);
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }

    @Test
    void aHoldTakenAwayByHandIsLost() throws IOException {
        try (Hold hold = Hold.take(first, List.of("a"))) {
            Files.delete(first.hold());
            assertThat(hold.isOurs()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "one\n",
                "h\nm\nnot a number\n1\nada\n1\n1\n",
                "h\nm\n99999999999999999999\n1\nada\n1\n1\n",
                "h\nm\n7\n1\nada\nepoch\n1\n",
                "h\nm\n7\n1\nada\n1\n99999999999999999999\n",
                "\0\0\0\0\0\0\0\0",
                "h\nm\n7\n1\nada\n1"
            })
    void aDamagedNoteIsNobodys(String content) throws IOException {
        Files.writeString(first.hold(), content);
        OutputHashes.of(List.of("a")).write(first.heldOutputs());
        assertIsNobodys();
    }

    @Test
    void aNoteThatIsNoTextIsNobodys() throws IOException {
        Files.write(first.hold(), new byte[] {(byte) 0xff, (byte) 0xfe, 10, (byte) 0x80});
        Files.write(first.heldOutputs(), new byte[] {1, 2, 3});
        assertIsNobodys();
    }

    private void assertIsNobodys() {
        assertThat(Hold.standingOf(first)).isEqualTo(Hold.Standing.NOBODY);
        assertThat(Hold.holderOf(first)).isNull();
        assertThat(Hold.abandoned(workdir, List.of("a"))).isEmpty();
        Hold.take(second, List.of("a")).close();
        try (Hold hold = Hold.take(first, List.of("a"))) {
            assertThat(hold.isOurs()).isTrue();
        }
    }

    @Test
    void saysHowAHolderLooksFromHere() throws IOException {
        assertThat(Hold.standingOf(first)).isEqualTo(Hold.Standing.NOBODY);
        assertThat(Hold.renewedAt(first)).isNull();
        try (Hold _ = Hold.take(first, List.of())) {
            assertThat(Hold.standingOf(first)).isEqualTo(Hold.Standing.LIVING);
            assertThat(Hold.renewedAt(first)).isNotNull();
        }
        heldBy(DEAD, first, List.of());
        assertThat(Hold.standingOf(first)).isEqualTo(Hold.Standing.DEAD);
        heldFarAway(first, List.of());
        assertThat(Hold.standingOf(first)).isEqualTo(Hold.Standing.UNSEEN);
    }

    @Test
    void machinesThatShareANameAreGivenOthers() {
        System.setProperty(Holder.HOST, "node-7");
        try {
            Holder here = Holder.self();
            assertThat(here.host()).isEqualTo("node-7");
            assertThat(here.seenBy(SELF)).isEqualTo(Hold.Standing.UNSEEN);
        } finally {
            System.clearProperty(Holder.HOST);
        }
    }

    @Test
    void holdsOtherOutputsAfterACheckpoint() {
        try (Hold a = Hold.take(first, List.of("a"));
                Hold b = Hold.take(second, List.of("b"))) {
            a.change(List.of("a", "c"));
            assertThatThrownBy(() -> b.change(List.of("b", "c"))).isInstanceOf(HeldElsewhere.class);
            assertThat(a.isOurs()).isTrue();
            assertThat(b.isOurs()).isTrue();
        }
    }

    @Test
    void leavesNothingBehind() {
        Hold.take(first, List.of("a")).close();
        assertThat(first.path()).isDirectoryContaining(path -> Files.isDirectory(path));
        assertThat(first.path()).isDirectoryNotContaining(path -> Files.isRegularFile(path));
    }

    private Hold take(RunFolder run, List<String> outputs, Hold.Watch watch) {
        return Hold.take(run, outputs, SELF, pace(watch));
    }

    private static Hold.Pace pace(Hold.Watch watch) {
        return new Hold.Pace(Duration.ofSeconds(10), Duration.ofSeconds(60), watch);
    }

    private static void heldFarAway(RunFolder run, List<String> outputs) {
        heldBy(ELSEWHERE, run, outputs);
    }

    private static void heldBy(Holder holder, RunFolder run, List<String> outputs) {
        try {
            OutputHashes.of(outputs).write(run.heldOutputs());
            new Note(holder, 1, 1).write(run).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void renewed(RunFolder run) {
        try {
            Note note = Objects.requireNonNull(Note.read(run));
            new Note(note.holder(), note.epoch(), note.renewals() + 1).write(run).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long renewals(RunFolder run) throws IOException {
        return Objects.requireNonNull(Note.read(run)).renewals();
    }

    /** A watcher's clock, on which something happens once. */
    private static final class Clock {
        private long seconds;
        private long when;
        private Runnable what = () -> {};

        void at(long second, Runnable happens) {
            when = second;
            what = happens;
        }

        Duration waits(Duration pause) {
            seconds += pause.toSeconds();
            if (seconds == when) {
                what.run();
            }
            return pause;
        }
    }
}
