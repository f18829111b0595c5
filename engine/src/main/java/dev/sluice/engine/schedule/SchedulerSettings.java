package dev.sluice.engine.schedule;

/**
 * How a run is scheduled.
 *
 * @param keepGoing after a failure go on with what does not depend on it
 * @param evictions how often one task may be evicted or preempted before it fails; likewise the
 *     others
 */
public record SchedulerSettings(
        Limits limits, boolean keepGoing, int evictions, int losses, int stagingFailures) {
    public static SchedulerSettings of(Limits limits, boolean keepGoing) {
        return new SchedulerSettings(limits, keepGoing, 20, 3, 3);
    }
}
