package dev.sluice.app.runs;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.Life;
import dev.sluice.engine.view.RunHead;

import java.nio.file.Path;

/** Where the command line of a run was given, so that its words mean the same again. */
final class ExplainRun {
    private ExplainRun() {}

    /** Found again from the run's folder where both were moved. */
    static Path launchFolder(RunFolder run, RunHead head, Life life) {
        String told = life.origin().launchFolder();
        if (told.isEmpty()) {
            return run.workdir();
        }
        Path recorded = Path.of(head.folder());
        return run.workdir().toAbsolutePath().equals(recorded)
                ? Path.of(told)
                : run.workdir().resolve(recorded.relativize(Path.of(told))).normalize();
    }
}
