package dev.sluice.engine.schedule;

import java.util.List;

/**
 * A job as it was handed to an executor: what an engine that adopts it must know to look after its
 * files and to say what it was made with.
 *
 * @param reason why it runs, in Snakemake's words
 * @param made what it is made with; checksums of inputs are taken when it has ended
 * @param logs the rule's own log files
 * @param shadow absolute path of the folder it works in; empty for the working folder
 * @param log where its standard output and error go, relative to the working folder; may be empty
 * @param temporary absolute paths of files to delete when it is over
 * @param processes the executor's names of its processes
 * @param preparedMillis when its files were prepared, since 1970
 */
public record HandedJob(
        Key key,
        String reason,
        JobRecord.Made made,
        List<String> logs,
        String shadow,
        String log,
        List<String> temporary,
        List<String> processes,
        long preparedMillis) {
    public HandedJob {
        logs = List.copyOf(logs);
        temporary = List.copyOf(temporary);
        processes = List.copyOf(processes);
    }
}
