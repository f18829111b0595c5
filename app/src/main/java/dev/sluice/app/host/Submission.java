package dev.sluice.app.host;

import java.time.Instant;
import java.util.List;

/**
 * What was asked for when a run was submitted; a file in the run's home, written once.
 *
 * @param owner whom the run is for
 * @param name for people; need not be unique
 * @param words the flags and targets behind {@code sluice run}
 * @param bytes of the workflow as it was unpacked
 */
public record Submission(
        String id, String owner, String name, List<String> words, Instant received, long bytes) {
    public Submission {
        words = List.copyOf(words);
    }
}
