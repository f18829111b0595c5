package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Many seeds; {@code -Dsimulation.seeds=10000} for a long night, {@code -Dsimulation.seed=N} to
 * play one again. A failure names its seed.
 */
class SimulationTest {
    private static final int SEEDS = 300;

    @Test
    void everySeedEndsWithNothingLostAndNothingRunTwice() {
        Long one = Long.getLong("simulation.seed");
        long first = one == null ? 0 : one;
        long count = one == null ? Integer.getInteger("simulation.seeds", SEEDS) : 1;
        var sum = new Simulation.Report();
        for (long seed = first; seed < first + count; seed++) {
            try {
                sum = sum.plus(new Simulation(seed).run());
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
        System.out.printf(
                "scheduler: %d seeds, %d events, %d facts; engines: %d died, %d were taken for"
                    + " dead, %d found the disk full; executors: %d forgot all; %d tasks given up,"
                    + " %d retried; %d times all invariants, %d restored states compared%n",
                count,
                sum.events(),
                sum.facts(),
                sum.deaths(),
                sum.takeovers(),
                sum.fullDisks(),
                sum.forgotten(),
                sum.givenUp(),
                sum.retried(),
                sum.invariants(),
                sum.restores());
        if (one == null) {
            assertThat(sum.deaths()).isPositive();
            assertThat(sum.takeovers()).isPositive();
            assertThat(sum.fullDisks()).isPositive();
            assertThat(sum.forgotten()).isPositive();
            assertThat(sum.givenUp()).isPositive();
            assertThat(sum.retried()).isPositive();
        }
    }
}
