package dev.sluice.app.host;

import dev.sluice.engine.journal.Wish;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/** All that can be asked of the server's runs. From any thread; quick, but for {@link #accept}. */
public interface Runs {
    /** The newest first. */
    List<HostedRun> list();

    @Nullable HostedRun find(String id);

    /**
     * Makes a run of an unpacked workflow, durably, and begins it.
     *
     * @param workflow a folder below {@link #incoming}; it is moved away
     * @param words flags and targets of {@code sluice run}
     * @throws Refused where the words cannot be
     */
    HostedRun accept(String owner, String name, List<String> words, Path workflow, long bytes);

    /** A new empty folder for what is being received, on the disk where runs lie. */
    Path incoming();

    /**
     * Goes on with a run that has failed, was stopped or was broken off.
     *
     * @param words what is different from the last time
     * @throws Refused while it goes on, and when there is nothing to go on with
     */
    void resume(HostedRun run, List<String> words);

    /**
     * @param now also stop what runs
     * @throws Refused when it goes on no more
     */
    void cancel(HostedRun run, boolean now);

    /** Leaves a word for the run's engine. */
    void wish(HostedRun run, Wish wish);

    /** Removes an ended run with all it made. */
    void delete(HostedRun run);

    /** Whether an engine in this server is at work on it, or will be in a moment. */
    boolean isActive(HostedRun run);

    /** Why it does not go on faster: what its jobs wait for in the server; empty where nothing. */
    String explain(HostedRun run);

    /** What was asked cannot be done now; the message is for the user. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Whose fault it is. */
        public enum Why {
            /** The request itself is wrong. */
            BAD_WORDS,
            /** The run is not in a state for it. */
            NOT_NOW
        }

        private final Why why;

        public Refused(Why why, String message) {
            super(message);
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }
}
