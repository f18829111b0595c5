package dev.sluice.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class CoreQueueTest {
    private static final int CORES = 8;

    private final CoreQueue queue = new CoreQueue(CORES);

    private static CoreQueue.Place place(String owner, String run, String attempt, int cores) {
        return new CoreQueue.Place(owner, run, attempt, cores);
    }

    private List<String> admitted() {
        return queue.admit().stream().map(CoreQueue.Place::name).toList();
    }

    @Test
    void startsWhatFitsInTheOrderInWhichItCame() {
        queue.add(place("ada", "a", "1", 4));
        queue.add(place("ada", "a", "2", 4));
        queue.add(place("ada", "a", "3", 4));
        assertThat(admitted()).containsExactly("a 1", "a 2");
        assertThat(queue.waiting("a")).isEqualTo(1);
        queue.release("a", "1");
        assertThat(admitted()).containsExactly("a 3");
    }

    @Test
    void givesTheNextCoresToTheOwnerWhoUsesTheFewest() {
        for (int i = 0; i < 20; i++) {
            queue.add(place("ada", "a", "" + i, 1));
        }
        assertThat(admitted()).hasSize(CORES);
        queue.add(place("bob", "b", "0", 1));
        queue.release("a", "0");
        assertThat(admitted()).containsExactly("b 0");
    }

    @Test
    void sharesTheCoresOfAnOwnerAmongHisRuns() {
        for (int i = 0; i < 20; i++) {
            queue.add(place("ada", "a", "" + i, 1));
            queue.add(place("ada", "b", "" + i, 1));
        }
        assertThat(admitted().stream().filter(name -> name.startsWith("a "))).hasSize(CORES / 2);
    }

    @Test
    void letsWhatIsSmallPassInItsOwnRunToo() {
        queue.add(place("bob", "b", "1", 6));
        assertThat(admitted()).hasSize(1);
        queue.add(place("ada", "a", "large", 4));
        queue.add(place("ada", "a", "small", 2));
        assertThat(admitted()).containsExactly("a small");
    }

    @Test
    void keepsRoomForALargeOneThatWasPassedOftenEnough() {
        queue.add(place("bob", "b", "0", 1));
        assertThat(admitted()).hasSize(1);
        queue.add(place("ada", "a", "large", CORES));
        List<String> passing = new ArrayList<>();
        while (!passing.contains("a large") && passing.size() < 100) {
            int i = passing.size() + 1;
            queue.add(place("bob", "b", "" + i, 1));
            passing.addAll(admitted());
            queue.release("b", "" + (i - 1));
            passing.addAll(admitted());
        }
        assertThat(passing.getLast()).isEqualTo("a large");
        assertThat(passing).hasSize(CoreQueue.PASSES + 1);
    }

    @Test
    void keepsNoRoomForAnOwnerWhoHasHisShareAlready() {
        queue.add(place("ada", "a", "0", 6));
        assertThat(admitted()).hasSize(1);
        queue.add(place("ada", "a", "1", 6));
        for (int i = 0; i < 10 * CoreQueue.PASSES; i++) {
            queue.add(place("bob", "b", "" + i, 1));
            assertThat(admitted()).containsExactly("b " + i);
            queue.release("b", "" + i);
        }
    }

    @Test
    void startsALargeOneThatCanNeverBeAloneAsWell() {
        queue.add(place("ada", "a", "1", 1000));
        assertThat(admitted()).containsExactly("a 1");
        assertThat(queue.used()).isEqualTo(CORES);
    }

    @Test
    void countsWhatWasTakenOverEvenWhereThereIsNoRoom() {
        for (int i = 0; i < 12; i++) {
            queue.occupy(place("ada", "a", "" + i, 1));
        }
        assertThat(queue.used()).isEqualTo(12);
        queue.add(place("bob", "b", "1", 1));
        queue.add(place("bob", "b", "free", 0));
        assertThat(admitted()).containsExactly("b free");
        for (int i = 0; i < 5; i++) {
            queue.release("a", "" + i);
        }
        assertThat(admitted()).containsExactly("b 1");
    }

    @Test
    void takesOverWhatWaitsHere() {
        queue.occupy(place("bob", "b", "1", CORES));
        queue.add(place("ada", "a", "1", 2));
        queue.occupy(place("ada", "a", "1", 2));
        assertThat(queue.waiting("a")).isZero();
        assertThat(queue.used()).isEqualTo(CORES + 2);
        queue.release("a", "1");
        assertThat(queue.used()).isEqualTo(CORES);
    }

    @Test
    void changesNothingForWhatItDoesNotKnow() {
        queue.add(place("ada", "a", "1", 3));
        assertThat(admitted()).hasSize(1);
        queue.release("a", "2");
        queue.release("b", "1");
        assertThat(queue.withdraw("a", "1")).isFalse();
        assertThat(queue.withdraw("b", "1")).isFalse();
        assertThat(queue.before("b", "1")).isEqualTo(-1);
        queue.forget("b");
        assertThat(queue.used()).isEqualTo(3);
    }

    @Test
    void addsOnceHoweverOftenItIsAdded() {
        queue.add(place("ada", "a", "1", 3));
        assertThat(queue.add(place("ada", "a", "1", 3))).isFalse();
        assertThat(admitted()).hasSize(1);
        assertThat(queue.add(place("ada", "a", "1", 3))).isFalse();
        assertThat(admitted()).isEmpty();
    }

    @Test
    void forgetsAllOfARunAtOnce() {
        for (int i = 0; i < 20; i++) {
            queue.add(place("ada", "a", "" + i, 1));
        }
        queue.add(place("ada", "ab", "1", 1));
        assertThat(admitted()).hasSize(CORES);
        queue.forget("a");
        assertThat(queue.waiting("a")).isZero();
        assertThat(queue.used()).isEqualTo(1);
        queue.forget("ab");
        assertThat(queue.used()).isZero();
        assertThat(admitted()).isEmpty();
    }

    @Test
    void saysHowManyWaitBefore() {
        queue.occupy(place("bob", "b", "1", CORES));
        queue.add(place("ada", "a", "1", 1));
        queue.add(place("ada", "a", "2", 1));
        assertThat(queue.before("a", "2")).isEqualTo(1);
        assertThat(queue.before("a", "1")).isZero();
        queue.withdraw("a", "1");
        assertThat(queue.before("a", "2")).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ownersWithUnequalDemandGetEqualCores(long seed) {
        var life = new Simulated(queue, new Random(seed));
        // Ten runs of one owner against one of another, both always with more than fits.
        for (int step = 0; step < 4000; step++) {
            for (int run = 0; run < 10; run++) {
                life.keepWaiting("ada", "a" + run, 2);
            }
            life.keepWaiting("bob", "b", 8);
            life.step();
        }
        double ada = life.coreTime.getOrDefault("ada", 0L);
        double bob = life.coreTime.getOrDefault("bob", 0L);
        assertThat(ada / bob).isBetween(0.8, 1.25);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void nothingFitsThatWaitsUnlessRoomIsKeptAndNothingWaitsForEver(long seed) {
        var random = new Random(seed);
        var life = new Simulated(queue, random);
        for (int step = 0; step < 3000; step++) {
            String owner = "owner" + random.nextInt(3);
            life.keepWaiting(owner, owner + "-" + random.nextInt(3), random.nextInt(4));
            life.step();
            assertThat(queue.used()).isLessThanOrEqualTo(CORES);
            life.checkThatNoCoreIdles();
        }
        life.drain();
        assertThat(queue.used()).isZero();
        assertThat(queue.ownersAtWork()).isZero();
        assertThat(life.waiting).isEmpty();
    }

    /** Attempts of random sizes that take random times. */
    private static final class Simulated {
        final Map<String, Long> coreTime = new LinkedHashMap<>();
        final Map<String, CoreQueue.Place> waiting = new LinkedHashMap<>();
        private final Map<CoreQueue.Place, Integer> running = new LinkedHashMap<>();
        private final CoreQueue queue;
        private final Random random;
        private int attempts;

        Simulated(CoreQueue queue, Random random) {
            this.queue = queue;
            this.random = random;
        }

        void keepWaiting(String owner, String run, int count) {
            while (queue.waiting(run) < count) {
                var place = place(owner, run, "" + attempts++, 1 + random.nextInt(4));
                queue.add(place);
                waiting.put(place.name(), place);
            }
        }

        void step() {
            for (CoreQueue.Place place : queue.admit()) {
                assertThat(waiting.remove(place.name())).isEqualTo(place);
                running.put(place, 1 + random.nextInt(20));
            }
            for (CoreQueue.Place place : List.copyOf(running.keySet())) {
                coreTime.merge(place.owner(), (long) place.cores(), Long::sum);
                if (running.merge(place, -1, Integer::sum) == 0) {
                    running.remove(place);
                    queue.release(place.run(), place.attempt());
                }
            }
            new ArrayList<>(queue.admit())
                    .forEach(
                            place -> {
                                waiting.remove(place.name());
                                running.put(place, 1 + random.nextInt(20));
                            });
        }

        /** As many cores idle at most as room may be kept for one. */
        void checkThatNoCoreIdles() {
            int free = CORES - queue.used();
            if (free >= 4) {
                assertThat(waiting).as("wait while %d cores idle", free).isEmpty();
            }
        }

        void drain() {
            for (int step = 0; step < 10_000 && !(running.isEmpty() && waiting.isEmpty()); step++) {
                step();
            }
        }
    }
}
