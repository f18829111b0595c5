package dev.sluice.app.cli;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.Holder;
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

    /** A Snakefile's prints are none of the server's own words, and a dry-run has no log. */
    private static final Path NOWHERE = Path.of("/dev/null");

    private static final List<String> CORES = List.of("cores", "jobs");

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
        check(typed, folder, List.of());
        RunOptions.refuseWhatIsNotBuilt(typed, table);
    }

    /**
     * The same for options that a profile of the workflow may have said as well.
     *
     * @param allowed options that are the server's own
     */
    static void check(Arguments typed, @Nullable Path folder, List<String> allowed) {
        var forbidden = new ArrayList<>(NOT_FOR_A_RUN);
        forbidden.addAll(WithoutRunning.OPTIONS);
        forbidden.removeAll(allowed);
        for (String option : forbidden) {
            if (typed.has(option)) {
                throw new UsageError(
                        "--" + option + " cannot be asked of a server",
                        "it decides where and how runs work; a run takes targets and flags such as"
                                + " -c, -k, --config (a profile in the workflow says the same)");
            }
        }
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

    /** What a run in a server may be asked for, its workflow's profiles included. */
    public static void checkMerged(Arguments merged, Path folder) {
        check(merged, folder, List.of());
    }

    /** Which Snakefile these words name; null where they name none. */
    public static @Nullable String snakefile(List<String> words) {
        return ArgumentParser.parse(SnakemakeOptions.table(), words).last("snakefile");
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

    /**
     * These words of {@code run}, with as many cores as they ask for, but no more than {@code
     * most}.
     */
    public static List<String> withCores(List<String> words, int most) {
        return withCores(ArgumentParser.parse(SnakemakeOptions.table(), words), most);
    }

    /** The same for options of {@code resume}: as they are where they do not say how many. */
    public static List<String> resumeWithCores(List<String> words, int most) {
        Arguments typed =
                ArgumentParser.parse(ResumeCommand.table(SnakemakeOptions.table()), words);
        return CORES.stream().anyMatch(typed::has) ? withCores(typed, most) : words;
    }

    private static int cores(Arguments typed, int most) {
        boolean said = CORES.stream().anyMatch(typed::has);
        return said ? Math.min(most, new RunOptions(typed, Path.of("."), Map.of()).cores()) : most;
    }

    private static List<String> withCores(Arguments typed, int most) {
        boolean likeOptions = typed.targets().stream().anyMatch(word -> word.startsWith("-"));
        var words = new ArrayList<String>();
        // In front, where no option takes them for its own.
        words.addAll(likeOptions ? List.of() : typed.targets());
        words.addAll(typed.without(CORES).optionWords());
        words.addAll(List.of("--cores", Integer.toString(cores(typed, most))));
        if (likeOptions) {
            words.add("--");
            words.addAll(typed.targets());
        }
        return words;
    }

    /** Begins the run; its exit code. */
    public int begin(List<String> words, Surroundings around) {
        return Guarded.inServer(
                terminal,
                () -> new RunCommand(terminal, table, folder, environment, around).run(words));
    }

    /** Goes on with it; {@code changes} are options of {@code resume}. */
    public int resume(RunFolder run, List<String> changes, Surroundings around) {
        return Guarded.inServer(
                terminal,
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
                () ->
                        new RunCommand(
                                        terminal,
                                        table,
                                        folder,
                                        environment,
                                        new OwnProcess(
                                                merged ->
                                                        check(
                                                                merged,
                                                                folder,
                                                                List.of("dry-run", "json")),
                                                NOWHERE))
                                .run(asked));
    }

    /**
     * Says in the journal what came of a run that never had a plan: there was nothing to do, it
     * could not be planned, or it was stopped before.
     *
     * @param why for people, where it failed
     */
    public static void writeOff(RunFolder run, RunOutcome outcome, String why) {
        List<Fact> facts =
                switch (outcome) {
                    case SUCCEEDED ->
                            List.of(
                                    new Fact.PlanMade(0, new LinkedHashMap<>()),
                                    new Fact.RunEnded(outcome));
                    case FAILED -> List.of(new Fact.Warned(why), new Fact.RunEnded(outcome));
                    case STOPPED ->
                            List.of(new Fact.StopRequested(true), new Fact.RunEnded(outcome));
                };
        try (Journal journal = Journal.resume(run.journal(), Clock.systemUTC())) {
            journal.append(facts);
            journal.sync();
        }
    }

    /** Says in the journal of a run that no engine is at work on what went wrong. */
    public static void warn(RunFolder run, String why) {
        try (Journal journal = Journal.resume(run.journal(), Clock.systemUTC())) {
            journal.append(List.of(new Fact.Warned(why)));
        }
    }

    /** Says that the run began, where its engine did not come as far: words were wrong, for one. */
    public static void recordBegin(RunFolder run, List<String> words, String owner) {
        if (past(run) != Past.NOTHING) {
            return;
        }
        RunFolder made = fresh(run.workdir(), run.id());
        try (Journal journal = Journal.create(made.journal(), Clock.systemUTC())) {
            journal.append(
                    List.of(
                            new Fact.RunStarted(
                                    words,
                                    run.workdir().toString(),
                                    System.getProperty("user.name", ""),
                                    owner,
                                    CommandLine.VERSION,
                                    List.of(),
                                    Holder.self().origin(run.workdir()))));
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
