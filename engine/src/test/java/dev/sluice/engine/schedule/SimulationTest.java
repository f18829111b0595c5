package dev.sluice.engine.schedule;

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
        long events = 0;
        long deaths = 0;
        long facts = 0;
        for (long seed = first; seed < first + count; seed++) {
            try {
                Simulation.Report report = new Simulation(seed).run();
                events += report.events();
                deaths += report.deaths();
                facts += report.facts();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
        System.out.printf(
                "simulation: %d seeds, %d events, %d deaths of the engine, %d facts%n",
                count, events, deaths, facts);
    }
}
