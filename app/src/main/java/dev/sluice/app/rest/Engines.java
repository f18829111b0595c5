package dev.sluice.app.rest;

import dev.sluice.app.console.Terminal;

import java.nio.file.Path;
import java.util.List;

/** The commands of {@code sluice} that load a workflow and start nothing, in this process. */
public interface Engines {
    /**
     * {@code run -n --json} in a folder.
     *
     * @return the exit code
     * @throws Problem where the words may not come from a client
     */
    int dryRun(Path folder, List<String> words, Terminal terminal);

    /**
     * {@code explain} in a folder.
     *
     * @return the exit code
     */
    int explain(Path folder, List<String> words, Terminal terminal);
}
