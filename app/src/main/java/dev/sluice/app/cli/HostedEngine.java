package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine inside a server: the same as {@code sluice run} and {@code sluice resume}, for a run
 * whose folder and id the server gave out. Runs on the caller's thread until the run is over.
 */
public final class HostedEngine {
    /** What is the server's to decide, or looks at a workflow and runs nothing. */
    private static final List<String> NOT_FOR_A_RUN =
            List.of(
                    "directory",
                    "detach",
                    "detach-on-interrupt",
                    "nolock",
                    "dry-run",
                    "json",
                    "unlock",
                    "cleanup-shadow",
                    "cleanup-metadata",
                    "print-compilation",
                    "python");

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final OptionTable table = SnakemakeOptions.table();

    /**
     * @param terminal where it says what a command says
     * @param folder where the workflow lies and works
     */
    public HostedEngine(Terminal terminal, Path folder, Map<String, String> environment) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
    }

    /** How far a run has come. */
    public enum Past {
        /** No engine wrote anything of it. */
        NOTHING,
        /** It broke off before there was a plan. */
        UNPLANNED,
        PLANNED,
        ENDED
    }

    public static Past past(RunFolder run) {
        EarlierRun earlier = Files.exists(run.journal()) ? EarlierRun.read(run) : null;
        if (earlier == null) {
            return Past.NOTHING;
        }
        if (earlier.hasEnded()) {
            return Past.ENDED;
        }
        return earlier.planned() ? Past.PLANNED : Past.UNPLANNED;
    }

    public static @Nullable RunOutcome outcome(RunFolder run) {
        EarlierRun earlier = Files.exists(run.journal()) ? EarlierRun.read(run) : null;
        return earlier == null ? null : earlier.outcome();
    }

    /**
     * Throws a {@link UsageError} where these words cannot come from a client.
     *
     * @param folder where the workflow lies, which they may not leave; null before it lies anywhere
     */
    public static void check(List<String> words, @Nullable Path folder) {
        OptionTable table = SnakemakeOptions.table();
        Arguments typed = ArgumentParser.parse(table, words);
        var forbidden = new ArrayList<>(NOT_FOR_A_RUN);
        forbidden.addAll(WithoutRunning.OPTIONS);
        for (String option : forbidden) {
            if (typed.has(option)) {
                throw new UsageError(
                        "--" + option + " cannot be asked of a server",
                        "it decides where and how runs work; a run takes targets and flags such as"
                                + " -c, -k, --config");
            }
        }
        RunOptions.refuseWhatIsNotBuilt(typed, table);
        for (String option : List.of("snakefile", "configfile", "profile", "workflow-profile")) {
            for (String file : typed.all(option)) {
                refuseOutside(option, file, folder);
            }
        }
    }

    private static void refuseOutside(String option, String file, @Nullable Path folder) {
        Path base = folder == null ? Path.of("/workflow") : folder;
        if (!base.resolve(file).normalize().startsWith(base)) {
            throw new UsageError(
                    "--" + option + " " + file + " lies outside the workflow",
                    "submit it with the workflow, and name it by a relative path");
        }
    }

    /** The same for the words of a resume. */
    public static void checkResume(List<String> words) {
        Arguments typed =
                ArgumentParser.parse(ResumeCommand.table(SnakemakeOptions.table()), words);
        for (String option : NOT_FOR_A_RUN) {
            if (typed.has(option)) {
                throw new UsageError("--" + option + " cannot be asked of a server");
            }
        }
        if (!typed.targets().isEmpty()) {
            throw new UsageError("the targets of a run are those that it began with");
        }
    }

    /** How many cores these words ask for, but no more than {@code most}. */
    public static int cores(List<String> words, int most) {
        Arguments typed = ArgumentParser.parse(SnakemakeOptions.table(), words);
        boolean said = typed.has("cores") || typed.has("jobs");
        return said ? Math.min(most, new RunOptions(typed, Path.of("."), Map.of()).cores()) : most;
    }

    /** Whether these options of {@code resume} say how many cores there are. */
    public static boolean namesCores(List<String> words) {
        Arguments typed =
                ArgumentParser.parse(ResumeCommand.table(SnakemakeOptions.table()), words);
        return typed.has("cores") || typed.has("jobs");
    }

    /** Begins the run; its exit code. */
    public int begin(List<String> words, Surroundings around) {
        return Guarded.run(
                terminal,
                false,
                () -> new RunCommand(terminal, table, folder, environment, around).run(words));
    }

    /** Goes on with it; {@code changes} are options of {@code resume}. */
    public int resume(RunFolder run, List<String> changes, Surroundings around) {
        return Guarded.run(
                terminal,
                false,
                () -> {
                    EarlierRun earlier = EarlierRun.read(run);
                    if (earlier == null) {
                        throw new UsageError("nothing is known of run " + run.id());
                    }
                    return new ResumeCommand(terminal, table, folder, environment, around)
                            .goOn(earlier, changes);
                });
    }

    /** {@code run -n --json}. */
    public int dryRun(List<String> words) {
        var asked = new ArrayList<>(List.of("-n", "--json"));
        asked.addAll(words);
        return Guarded.run(
                terminal,
                false,
                () -> new RunCommand(terminal, table, folder, environment).run(asked));
    }

    /**
     * Says in the journal what came of a run that never had a plan: there was nothing to do, or it
     * could not be planned.
     *
     * @param code what its engine answered
     */
    public static void writeOff(RunFolder run, int code, String why) {
        var facts = new ArrayList<Fact>();
        if (code == ExitCode.DONE) {
            facts.add(new Fact.PlanMade(0, new LinkedHashMap<>()));
            facts.add(new Fact.RunEnded(RunOutcome.SUCCEEDED));
        } else {
            facts.add(new Fact.Warned(why));
            facts.add(new Fact.RunEnded(RunOutcome.FAILED));
        }
        try (Journal journal = Journal.resume(run.journal(), Clock.systemUTC())) {
            journal.append(facts);
        }
    }

    /** The run folder, made anew where an engine died before its first fact. */
    public static RunFolder fresh(Path workdir, String id) {
        RunFolder run = RunFolder.named(workdir, id);
        try {
            Files.deleteIfExists(run.journal());
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
