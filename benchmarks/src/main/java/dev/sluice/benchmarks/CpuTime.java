package dev.sluice.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.lang.management.ManagementFactory;

/**
 * CPU of the benchmark's own thread: on a busy machine the figure to compare. JMH prints the sum of
 * all shots, to be divided by their count.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {
    public long cpuMillis;
    private long begun;

    @Setup(Level.Invocation)
    public void begin() {
        begun = now();
    }

    @TearDown(Level.Invocation)
    public void end() {
        cpuMillis = (now() - begun) / 1_000_000;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
