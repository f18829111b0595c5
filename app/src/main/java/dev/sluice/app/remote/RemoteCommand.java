package dev.sluice.app.remote;

import dev.sluice.app.cli.Guarded;
import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.runs.ServerOptions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Commands over runs with {@code --server}: carried out by the server, printed here. Words are read
 * here too, so that a mistake is told without asking anybody.
 */
public final class RemoteCommand {
    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Backoff backoff;

    RemoteCommand(
            Terminal terminal, Path folder, Map<String, String> environment, Backoff backoff) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
        this.backoff = backoff;
    }

    /** Whether this command is meant for a server. */
    public static boolean wanted(String command, List<String> words) {
        if (ServerCommand.named(command) == null) {
            return false;
        }
        String option = "--" + ServerOptions.SERVER;
        return words.stream()
                .takeWhile(word -> !word.equals("--"))
                .anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
    }

    /**
     * The exit code; nothing leaves as an exception.
     *
     * @param command one that is {@link #wanted}
     */
    public static int run(
            Terminal terminal,
            Path folder,
            Map<String, String> environment,
            String command,
            List<String> words) {
        return new RemoteCommand(terminal, folder, environment, Backoff.USUAL)
                .guarded(command, words);
    }

    int guarded(String command, List<String> words) {
        return Guarded.run(terminal, words.contains("--verbose"), () -> carryOut(command, words));
    }

    private int carryOut(String name, List<String> words) {
        ServerCommand command = ServerCommand.named(name);
        if (command == null) {
            throw new UsageError(
                    "`sluice " + name + "` cannot be asked of a server",
                    "these can: " + String.join(", ", ServerCommand.words()));
        }
        if (words.contains("--help") || words.contains("-h")) {
            terminal.out().print(command.help());
            return ExitCode.DONE;
        }
        Arguments given = ArgumentParser.parse(command.options(), words);
        if (given.has("directory")) {
            throw new UsageError(
                    "-d names a folder of this machine, and --server asks another one",
                    "name the run: `sluice runs --server` lists them");
        }
        if (command == ServerCommand.EXPLAIN && words.contains("--")) {
            throw new UsageError("a server explains by the run's own command line");
        }
        Server.Named named = Server.of(given, folder, environment);
        try (Server server = named.server()) {
            return said(server, command, named.given());
        }
    }

    private int said(Server server, ServerCommand command, Arguments given) {
        // In front, where no option takes them for its own.
        var words = new ArrayList<>(given.targets());
        words.addAll(given.optionWords());
        var saying =
                new Saying(
                        terminal,
                        environment,
                        server,
                        backoff,
                        command,
                        "",
                        words,
                        follows(command, given));
        int code =
                command == ServerCommand.ATTACH
                        ? Watching.untilSignal(terminal, server, saying::run, saying::print)
                        : saying.print();
        boolean goesOnThere = command == ServerCommand.ATTACH || command == ServerCommand.RESUME;
        if (goesOnThere && !saying.run().isEmpty() && !given.has("json")) {
            terminal.err().println(server.page(saying.run()));
        }
        return code;
    }

    private static boolean follows(ServerCommand command, Arguments given) {
        return switch (command) {
            case ATTACH -> true;
            case LOGS -> given.has("follow");
            case STATUS -> given.has("watch");
            case RUNS, EXPLAIN, HISTORY, CANCEL, RESUME -> false;
        };
    }
}
