package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.schedule.Fact;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code --cleanup-metadata}: forgets how files were made. The files themselves stay as they are,
 * and an output that was left half-made counts as whole from then on.
 */
final class MetadataCleanup {
    private final Terminal terminal;
    private final Path folder;
    private final RunOptions options;

    MetadataCleanup(Terminal terminal, Path folder, RunOptions options) {
        this.terminal = terminal;
        this.folder = folder;
        this.options = options;
    }

    int run() {
        Provenance past = Provenance.load(folder);
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String file : options.given().all("cleanup-metadata")) {
            (past.of(file) == null ? unknown : known).add(file);
        }
        if (!known.isEmpty()) {
            forget(known);
        }
        if (unknown.isEmpty()) {
            return ExitCode.DONE;
        }
        Messages.error(
                terminal,
                "nothing is known of " + String.join(", ", unknown),
                "name outputs as the Snakefile does, relative to the working folder; of files that"
                        + " were never made here there is nothing to forget");
        return ExitCode.JOB_FAILED;
    }

    private void forget(List<String> files) {
        List<String> words = new ArrayList<>(List.of("run", "--cleanup-metadata"));
        words.addAll(files);
        try (RunRecord record = RunRecord.begin(folder, options, words, new OwnProcess())) {
            record.journal().append(List.of(new Fact.OutputsForgotten(files)));
            record.keep();
        }
        terminal.err().println("forgot how these were made: " + String.join(", ", files));
    }
}
