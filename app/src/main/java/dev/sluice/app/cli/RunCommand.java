package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.JournalFailure;
import dev.sluice.engine.journal.RunFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code sluice run}: reads the options, loads the workflow, and hands it to what was asked for.
 */
final class RunCommand {
    private final Terminal terminal;
    private final OptionTable table;
    private final Path folder;
    private final Map<String, String> environment;
    private final Surroundings around;

    RunCommand(Terminal terminal, OptionTable table, Path folder, Map<String, String> environment) {
        this(terminal, table, folder, environment, new OwnProcess());
    }

    RunCommand(
            Terminal terminal,
            OptionTable table,
            Path folder,
            Map<String, String> environment,
            Surroundings around) {
        this.around = around;
        this.terminal = terminal;
        this.table = table;
        this.folder = folder;
        this.environment = environment;
    }

    int run(List<String> words) {
        return run(ArgumentParser.parse(table, words), words);
    }

    private int run(Arguments typed, List<String> words) {
        Path found = RunOptions.snakefile(typed, folder);
        Arguments given = new Profiles(table, folder, environment).apply(typed, found);
        around.check(given);
        var options = new RunOptions(given, folder, environment);
        options.refuseWhatIsNotBuilt(table);
        Terminal shown = given.has("nocolor") ? terminal.withoutColour() : terminal;
        try {
            if (given.has("detach") && !options.dryRun() && !DetachedRun.isEngine()) {
                return new DetachedRun(shown, folder, options.workdir()).start("run", words);
            }
            return carryOut(shown, options, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int carryOut(Terminal shown, RunOptions options, List<String> words)
            throws IOException {
        Integer kept = Housekeeping.withoutWorkflow(shown, options);
        if (kept != null) {
            return kept;
        }
        if (options.given().has("json") && !options.dryRun()) {
            throw new UsageError("--json goes with -n", "it prints the plan, one object per job");
        }
        Path snakefile = Requests.snakefile(options.given(), folder);
        if (options.given().has("print-compilation")) {
            return Housekeeping.printProgram(shown, snakefile);
        }
        if (!options.dryRun()
                && !asksShortOfARun(options)
                && !options.deployment().isEmpty()
                && !options.touch()) {
            throw new UsageError(
                    options.deploymentWords()
                            + " asks for software environments ("
                            + String.join(", ", options.deployment())
                            + "), which Sluice does not build yet",
                    "with -n it plans as usual; a run without the software you asked for would not"
                            + " be what you want");
        }
        if (options.dryRun() || asksShortOfARun(options)) {
            try (Workflow workflow =
                    Workflow.load(shown, options, snakefile, words, around.printed())) {
                return workflow == null
                        ? ExitCode.BAD_INPUT
                        : new WithoutRunning(shown, workflow).answer();
            }
        }
        return runForReal(shown, options, snakefile, words);
    }

    /**
     * Goes on with a run.
     *
     * @param typed its recorded command line with what is different now
     * @param words the same as words, to be recorded
     */
    int resume(RunFolder run, Arguments typed, List<String> words) {
        Path found = RunOptions.snakefile(typed, folder);
        Arguments given = new Profiles(table, folder, environment).apply(typed, found);
        around.check(given);
        var options = new RunOptions(given, folder, environment);
        Terminal shown = given.has("nocolor") ? terminal.withoutColour() : terminal;
        Path snakefile = Requests.snakefile(given, folder);
        try (Workflow workflow =
                Workflow.load(shown, options, snakefile, words, around.printed())) {
            if (workflow == null) {
                return ExitCode.BAD_INPUT;
            }
            if (!workflow.folder().toRealPath().equals(run.workdir().toRealPath())) {
                EarlierRun earlier = EarlierRun.read(run);
                if (around.remembersAll() && earlier != null && !earlier.planned()) {
                    // It broke off before it was known where it works: it begins there.
                    return begin(shown, workflow, options, words);
                }
                throw new UsageError(
                        "run "
                                + run.id()
                                + " worked in "
                                + run.workdir()
                                + ", but its workflow"
                                + " works in "
                                + workflow.folder()
                                + " now",
                        "start it with `sluice run` instead");
            }
            return RealRun.resume(shown, workflow, words, run, around);
        } catch (JournalFailure e) {
            return full(shown, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int runForReal(Terminal shown, RunOptions options, Path snakefile, List<String> words)
            throws IOException {
        Workflow.makeFolder(options.workdir());
        try (RunRecord record = RunRecord.begin(options.workdir(), options, words, around);
                Workflow workflow =
                        Workflow.load(shown, options, snakefile, words, around.printed())) {
            if (workflow == null) {
                return ExitCode.BAD_INPUT;
            }
            if (workflow.folder().equals(options.workdir())) {
                return RealRun.begin(shown, workflow, words, record, around);
            }
            // The Snakefile's own `workdir:`: the run belongs there.
            record.forget();
            return begin(shown, workflow, options, words);
        } catch (JournalFailure e) {
            return full(shown, e);
        }
    }

    /** Where the Snakefile says that it works. */
    private int begin(Terminal shown, Workflow workflow, RunOptions options, List<String> words)
            throws IOException {
        try (RunRecord there = RunRecord.begin(workflow.folder(), options, words, around)) {
            return RealRun.begin(shown, workflow, words, there, around);
        }
    }

    private static int full(Terminal shown, JournalFailure failure) {
        Messages.error(
                shown,
                String.valueOf(failure.getMessage()),
                "nothing that was finished is lost: `sluice resume` once there is room");
        return ExitCode.JOB_FAILED;
    }

    private static boolean asksShortOfARun(RunOptions options) {
        return WithoutRunning.OPTIONS.stream().anyMatch(options.given()::has);
    }
}
