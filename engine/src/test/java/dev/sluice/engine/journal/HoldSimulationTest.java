package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Two or three hosts that fight for one run; {@code -Dsimulation.seeds=1000} for more, {@code
 * -Dsimulation.seed=N} to play one again. A failure names its seed.
 */
class HoldSimulationTest {
    private static final int SEEDS = 60;
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    @TempDir Path onDisk;

    @Test
    void noTwoHostsWriteOneRunAtATimeAndNoneThatIsAwakeLosesIt() throws IOException {
        Long one = Long.getLong("simulation.seed");
        long first = one == null ? 0 : one;
        long count = one == null ? Integer.getInteger("simulation.seeds", SEEDS) : 1;
        int takeovers = 0;
        int refusals = 0;
        int sleeps = 0;
        int facts = 0;
        int tooLate = 0;
        for (long seed = first; seed < first + count; seed++) {
            HoldSimulation.Report report = play(seed);
            takeovers += report.takeovers();
            refusals += report.refusals();
            sleeps += report.sleeps();
            facts += report.facts();
            tooLate += report.tooLate();
        }
        if (one == null) {
            assertThat(takeovers).as("hosts took over from others").isGreaterThan((int) count / 2);
        }
        System.out.printf(
                "hosts: %d seeds, %d takeovers, %d refusals, %d sleeps; %d facts by holders, all"
                        + " read; %d by hosts that lost the run between look and word, none read%n",
                count, takeovers, refusals, sleeps, facts, tooLate);
    }

    private HoldSimulation.Report play(long seed) throws IOException {
        Path folder =
                Files.isWritable(IN_MEMORY)
                        ? Files.createTempDirectory(IN_MEMORY, "hold-simulation")
                        : Files.createTempDirectory(onDisk, "hold-simulation");
        try {
            return new HoldSimulation(seed, folder).run();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
