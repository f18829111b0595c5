package dev.sluice.app.runs;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Why a job runs, or why it does not.
 *
 * @param job null where no job was meant
 * @param sentence all of it in one sentence
 * @param chain from what was asked about to the root of it
 * @param hints what a user may want to do next
 */
record Explanation(
        Answer answer, @Nullable Named job, String sentence, List<Link> chain, List<String> hints) {
    Explanation {
        chain = List.copyOf(chain);
        hints = List.copyOf(hints);
    }

    enum Answer {
        WOULD_RUN("would-run"),
        UP_TO_DATE("up-to-date"),
        RUNNING("running"),
        FINISHED("finished"),
        FAILED("failed"),
        CANCELLED("cancelled"),
        /** One more attempt is due. */
        AGAIN("again"),
        /** For other jobs, or for room. */
        WAITS("waits"),
        /** Something that it needs failed, or the run starts nothing more. */
        HELD_BACK("held-back"),
        /** Nothing that is to be made needs it. */
        NOT_ASKED_FOR("not-asked-for"),
        /** A file that no job makes. */
        SOURCE_FILE("source-file"),
        /** The run knows the job, and the workflow as it is now does not. */
        GONE("gone");

        private final String word;

        Answer(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** A job as people and programs can name it again. */
    record Named(String key, String rule, SequencedMap<String, String> wildcards) {
        /** {@code rule:wildcard=value,…}, which is good as a JOB. */
        String selector() {
            return wildcards.isEmpty()
                    ? rule
                    : rule
                            + wildcards.entrySet().stream()
                                    .map(each -> each.getKey() + "=" + each.getValue())
                                    .collect(Collectors.joining(",", ":", ""));
        }
    }

    /**
     * One step of the chain.
     *
     * @param depth 0 for what was asked about
     * @param cause a word for programs
     */
    record Link(int depth, Named job, String cause, String text, List<String> files) {
        Link {
            files = List.copyOf(files);
        }
    }
}
