package dev.sluice.app.runs;

import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.Planned;
import dev.sluice.engine.schedule.Limits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A workflow that was loaded and planned for those who want to know why; nothing of it is run and
 * nothing is written.
 */
public interface ExplainWorkflow extends AutoCloseable {
    /** Where the workflow's paths start. */
    Path folder();

    /** Against what is on disk now. */
    Plan plan();

    /** What the plan would be if the user had asked for this alone. */
    Planned planFor(String target);

    FileFacts files();

    Provenance past();

    JobEvaluation evaluation();

    /** What running jobs may use together, as the command line says. */
    Limits limits();

    /** Whether independent jobs go on when one fails. */
    boolean keepsGoing();

    @Override
    void close();

    /** Loads and plans by a command line. */
    @FunctionalInterface
    interface Opener {
        /**
         * The workflow; null where it could not be loaded or planned, which was said.
         *
         * @param words behind {@code sluice run}
         * @param launchFolder where they were typed
         */
        @Nullable ExplainWorkflow open(List<String> words, Path launchFolder) throws IOException;
    }
}
