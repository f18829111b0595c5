package dev.sluice.engine.execute;

import java.util.List;

/**
 * One process of a task.
 *
 * @param name the attempt's for a task of one job, else with {@code .k} behind it
 * @param folder where it works, relative to the run's working folder; empty for that folder itself
 * @param logFile where its standard output and error go
 * @param after names of processes of the task that must have succeeded before
 * @param partners names of those that run at the same time; when one fails, the others are stopped
 * @param service it is told to end once its partners have ended
 * @param sampled its memory and disk use are watched
 * @param awaited files, relative to the run's working folder, that a partner makes and without
 *     which it cannot begin
 */
public record ProcessSpec(
        String name,
        Work work,
        String folder,
        Environment environment,
        String logFile,
        List<String> after,
        List<String> partners,
        boolean service,
        boolean sampled,
        List<String> awaited) {
    public ProcessSpec {
        awaited = List.copyOf(awaited);
        after = List.copyOf(after);
        partners = List.copyOf(partners);
    }

    /** Without files to wait for. */
    public ProcessSpec(
            String name,
            Work work,
            String folder,
            Environment environment,
            String logFile,
            List<String> after,
            List<String> partners,
            boolean service,
            boolean sampled) {
        this(
                name,
                work,
                folder,
                environment,
                logFile,
                after,
                partners,
                service,
                sampled,
                List.of());
    }

    /** A process that stands alone. */
    public static ProcessSpec alone(
            String name, Work work, Environment environment, String logFile) {
        return new ProcessSpec(
                name, work, "", environment, logFile, List.of(), List.of(), false, false);
    }
}
