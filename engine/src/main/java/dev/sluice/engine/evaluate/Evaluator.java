package dev.sluice.engine.evaluate;

import java.util.List;

/**
 * Asks Python. Batches go in one round trip and come back in their order. An answer is never an
 * exception: a Python error is a {@link Answer.Failed}. Called by one thread at a time.
 */
public interface Evaluator {
    /** Calls functions of the Snakefile. */
    List<Answer> call(List<Call> calls);

    /**
     * Formats templates that name more than the job itself knows (globals of the Snakefile, live
     * objects).
     */
    List<Answer> format(List<FormatRequest> requests);

    /** Writes script files with their preambles and says how to start them. */
    List<Answer> prepareScripts(List<ScriptRequest> requests);

    /** From now on {@code checkpoints.NAME.get()} answers for these. */
    void checkpointsDone(List<CheckpointDone> done);
}
