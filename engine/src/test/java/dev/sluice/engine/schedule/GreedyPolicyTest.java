package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

class GreedyPolicyTest {
    private record Offered(int task, Amounts demand, int priority) {}

    @Test
    void choosesAsAPlainSearchOverAllTasksWould() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int amounts = 1 + random.nextInt(4);
            int spread = 1 + random.nextInt(20);
            var policy = new GreedyPolicy(amounts);
            List<Offered> plain = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                if (random.nextInt(3) > 0) {
                    int priority =
                            random.nextInt(5) == 0
                                    ? Integer.MIN_VALUE + random.nextInt(3)
                                    : random.nextInt(3);
                    var offered = new Offered(step, some(random, amounts, spread), priority);
                    plain.add(offered);
                    policy.add(offered.task(), offered.demand(), offered.priority());
                } else if (!plain.isEmpty() && random.nextBoolean()) {
                    policy.remove(plain.remove(random.nextInt(plain.size())).task());
                }
                Amounts free = some(random, amounts, spread);
                int chosen = policy.choose(free);
                assertThat(chosen).as("seed %d step %d", seed, step).isEqualTo(search(plain, free));
                assertThat(policy.size()).isEqualTo(plain.size());
                if (chosen >= 0) {
                    policy.remove(chosen);
                    plain.removeIf(offered -> offered.task() == chosen);
                }
            }
        }
    }

    private static Amounts some(Random random, int amounts, int spread) {
        return Amounts.of(random.ints(amounts, 0, spread).asLongStream().toArray());
    }

    private static int search(List<Offered> offered, Amounts free) {
        return offered.stream()
                .filter(one -> one.demand().fitsInto(free))
                .min(
                        Comparator.comparingInt(Offered::priority)
                                .reversed()
                                .thenComparingInt(Offered::task))
                .map(Offered::task)
                .orElse(-1);
    }
}
