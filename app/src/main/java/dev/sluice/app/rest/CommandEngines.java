package dev.sluice.app.rest;

import dev.sluice.app.cli.ExplainedWorkflow;
import dev.sluice.app.cli.Guarded;
import dev.sluice.app.cli.HostedEngine;
import dev.sluice.app.cli.SnakemakeOptions;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.ExplainCommand;
import dev.sluice.app.runs.ExplainWorkflow;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** By the commands of the command line, on the caller's thread. */
public final class CommandEngines implements Engines {
    private final Map<String, String> environment;

    /**
     * @param environment that of the server's process
     */
    public CommandEngines(Map<String, String> environment) {
        this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    @Override
    public int dryRun(Path folder, List<String> words, Terminal terminal) {
        try {
            HostedEngine.check(words, folder);
        } catch (UsageError wrong) {
            throw Problem.unprocessable(wrong.text(), wrong.hint());
        }
        return new HostedEngine(terminal, folder, environment).dryRun(words);
    }

    @Override
    public int explain(Path folder, List<String> words, Terminal terminal) {
        var opener = ExplainedWorkflow.opener(terminal, SnakemakeOptions.table(), environment);
        // The run's words were typed in its folder, wherever the server's data is now.
        ExplainWorkflow.Opener here = (typed, launchFolder) -> opener.open(typed, folder);
        return Guarded.run(
                terminal,
                false,
                () -> new ExplainCommand(terminal, folder, environment, here).run(words));
    }
}
