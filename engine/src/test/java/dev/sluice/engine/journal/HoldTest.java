package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

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
        take(first, DEAD, List.of("a"));
        assertThat(Hold.holderOf(first)).isNull();
        try (Hold hold = Hold.take(second, List.of("a"))) {
            assertThat(hold.isOurs()).isTrue();
        }
    }

    @Test
    void aHolderOfAnEarlierBootIsDead() {
        take(first, OTHER_BOOT, List.of("a"));
        Hold.take(second, List.of("a")).close();
    }

    @Test
    void takesARunOverFromItsDeadHolderWithAHigherEpoch() {
        Hold old = take(first, DEAD, List.of("a"));
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
        try (Hold _ = take(first, other, List.of("a"))) {
            assertThatThrownBy(() -> Hold.take(first, List.of("z")))
                    .isInstanceOf(HeldElsewhere.class);
        }
    }

    @Test
    void aSilentHolderOnAnotherHostIsDeadAfterAMinuteOnOurClock() {
        take(first, ELSEWHERE, List.of("a"));
        var clock =
                new Object() {
                    long seconds;
                };
        Hold hold =
                Hold.take(
                        second,
                        List.of("a"),
                        SELF,
                        pause -> {
                            clock.seconds += pause.toSeconds();
                            return pause;
                        });
        assertThat(hold.isOurs()).isTrue();
        assertThat(clock.seconds).isEqualTo(60);
    }

    @Test
    void aSilentHolderDoesNotUseUpThePatienceWithTheNextOne() {
        RunFolder third = RunFolder.create(first.workdir(), InstantSource.system());
        take(first, ELSEWHERE, List.of("a"));
        Hold far = take(second, ELSEWHERE, List.of("b"));
        var clock =
                new Object() {
                    long seconds;
                };
        assertThatThrownBy(
                        () ->
                                Hold.take(
                                        third,
                                        List.of("a", "b"),
                                        SELF,
                                        pause -> {
                                            clock.seconds += pause.toSeconds();
                                            if (clock.seconds == 70) {
                                                far.renew();
                                            }
                                            return pause;
                                        }))
                .isInstanceOf(HeldElsewhere.class)
                .hasMessageContaining(second.id());
    }

    @Test
    void aHolderOnAnotherHostThatRenewsLives() {
        Hold far = take(first, ELSEWHERE, List.of("a"));
        var clock =
                new Object() {
                    long seconds;
                };
        assertThatThrownBy(
                        () ->
                                Hold.take(
                                        second,
                                        List.of("a"),
                                        SELF,
                                        pause -> {
                                            clock.seconds += pause.toSeconds();
                                            if (clock.seconds == 10) {
                                                far.renew();
                                            }
                                            return pause;
                                        }))
                .isInstanceOf(HeldElsewhere.class)
                .hasMessageContaining("on far");
        assertThat(clock.seconds).isEqualTo(10);
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

    private static Hold take(RunFolder run, Holder holder, List<String> outputs) {
        return Hold.take(run, outputs, holder, _ -> Duration.ofDays(1));
    }
}
