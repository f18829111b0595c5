package dev.sluice.executor.local;

import dev.sluice.engine.execute.AttemptReport;

import java.util.List;

/** What a line of the supervisor says. */
sealed interface Said {
    /** What became of a process. */
    record About(AttemptReport report) implements Said {}

    /**
     * In answer to an adoption: it has not started.
     *
     * @param wanted processes that must end, or begin, before
     */
    record Waits(String process, List<String> wanted) implements Said {}

    /** In answer to an adoption: the supervisor never got it. */
    record Unknown(String process) implements Said {}

    /** The end of an answer to an adoption. */
    record Listed() implements Said {}

    /** Another engine has come, and will be told all further. */
    record Replaced() implements Said {}
}
