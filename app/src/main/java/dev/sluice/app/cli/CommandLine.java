package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.runs.AttachCommand;
import dev.sluice.app.runs.CancelCommand;
import dev.sluice.app.runs.ExplainCommand;
import dev.sluice.app.runs.HistoryCommand;
import dev.sluice.app.runs.JournalCommand;
import dev.sluice.app.runs.LogsCommand;
import dev.sluice.app.runs.RunsCommand;
import dev.sluice.app.runs.StatusCommand;
import dev.sluice.dsl.diagnostic.Spelling;
import dev.sluice.engine.python.LoadSettings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The commands of {@code sluice}. Words go in, an exit code comes out; no error leaves as an
 * exception.
 */
public final class CommandLine {
    public static final String VERSION = "0.1.0";
    private static final String LANGUAGE = LoadSettings.LANGUAGE_VERSION;

    /** Those that are typed as words. */
    static final List<String> COMMANDS =
            List.of(
                    "run",
                    "resume",
                    "runs",
                    "status",
                    "attach",
                    "logs",
                    "explain",
                    "cancel",
                    "history",
                    "journal",
                    "report",
                    "serve",
                    "submit",
                    "completion",
                    "help",
                    "version");

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final OptionTable table = SnakemakeOptions.table();

    private CommandLine(Terminal terminal, Path folder, Map<String, String> environment) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Runs one command of this process.
     *
     * @param snakemake answer as {@code snakemake} would: {@code run} is implied, the exit code is
     *     0 or 1
     */
    public static int run(List<String> words, boolean snakemake) {
        Map<String, String> environment = System.getenv();
        var terminal = Terminal.ofProcess(environment);
        var line = new CommandLine(terminal, Path.of("").toAbsolutePath(), environment);
        try {
            return snakemake ? line.asSnakemake(words) : line.guarded(words);
        } finally {
            terminal.flush();
        }
    }

    private int asSnakemake(List<String> words) {
        boolean version = words.equals(List.of("--version")) || words.equals(List.of("-v"));
        if (version) {
            terminal.out().println(LANGUAGE);
            return ExitCode.DONE;
        }
        int code = guarded(Stream.concat(Stream.of("run"), words.stream()).toList());
        return code == ExitCode.DONE ? 0 : 1;
    }

    private int guarded(List<String> words) {
        return Guarded.run(terminal, words.contains("--verbose"), () -> command(words));
    }

    private int command(List<String> words) {
        String name = words.isEmpty() ? "help" : words.getFirst();
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (name) {
            case "run" -> run(rest);
            case "resume" -> resume(rest);
            case "runs" -> new RunsCommand(terminal, folder, environment).run(rest);
            case "status" -> new StatusCommand(terminal, folder, environment).run(rest);
            case "attach" -> new AttachCommand(terminal, folder, environment).run(rest);
            case "logs" -> new LogsCommand(terminal, folder, environment).run(rest);
            case "explain" ->
                    new ExplainCommand(
                                    terminal,
                                    folder,
                                    environment,
                                    ExplainedWorkflow.opener(terminal, table, environment))
                            .run(rest);
            case "cancel" ->
                    new CancelCommand(
                                    terminal,
                                    folder,
                                    environment,
                                    ExplainedWorkflow.opener(terminal, table, environment))
                            .run(rest);
            case "history" -> new HistoryCommand(terminal, folder, environment).run(rest);
            case "journal" -> new JournalCommand(terminal, folder, environment).run(rest);
            case "help", "--help", "-h" -> help(rest);
            case "version", "--version", "-V" -> {
                terminal.out()
                        .println("sluice " + VERSION + " (speaks Snakemake " + LANGUAGE + ")");
                yield ExitCode.DONE;
            }
            case "completion" -> completion(rest);
            default -> throw unknown(name);
        };
    }

    private int run(List<String> words) {
        return asksForHelp(words)
                ? help(List.of("run"))
                : new RunCommand(terminal, table, folder, environment).run(words);
    }

    private int resume(List<String> words) {
        return asksForHelp(words)
                ? help(List.of("resume"))
                : new ResumeCommand(terminal, table, folder, environment).run(words);
    }

    private static boolean asksForHelp(List<String> words) {
        return words.contains("--help") || words.contains("-h");
    }

    private int help(List<String> words) {
        String topic = words.isEmpty() ? "" : words.getFirst();
        terminal.out()
                .print(
                        switch (topic) {
                            case "" -> Help.overview();
                            case "run" -> Help.run(table);
                            case "resume" -> Help.resume(ResumeCommand.table(table));
                            case "runs" -> RunsCommand.help();
                            case "status" -> StatusCommand.help();
                            case "attach" -> AttachCommand.help();
                            case "logs" -> LogsCommand.help();
                            case "explain" -> ExplainCommand.help();
                            case "cancel" -> CancelCommand.help();
                            case "history" -> HistoryCommand.help();
                            case "journal" -> JournalCommand.help();
                            case "completion" ->
                                    """
                                    Usage: sluice completion bash|zsh|fish

                                    Prints a completion script; for bash: source <(sluice completion bash)
                                    """;
                            default -> throw unknown(topic);
                        });
        return ExitCode.DONE;
    }

    private int completion(List<String> words) {
        if (words.size() != 1) {
            throw new UsageError(
                    "completion expects the name of a shell", "one of: bash, zsh, fish");
        }
        terminal.out().print(Completion.script(table, words.getFirst()));
        return ExitCode.DONE;
    }

    private UsageError unknown(String name) {
        String hint =
                name.startsWith("-")
                        ? "options follow the command: `sluice run " + name + "`"
                        : Spelling.nearest(name, COMMANDS)
                                .map(near -> "did you mean `sluice " + near + "`?")
                                .orElse(
                                        "`sluice --help` lists the commands; a target follows"
                                                + " `run`: `sluice run "
                                                + name
                                                + "`");
        return new UsageError("there is no command `" + name + "`", hint);
    }
}
