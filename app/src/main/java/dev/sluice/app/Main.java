package dev.sluice.app;

import dev.sluice.app.cli.CommandLine;
import dev.sluice.app.cli.Guarded;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.remote.RemoteCommand;
import dev.sluice.app.remote.SubmitCommand;
import dev.sluice.app.report.ReportCommand;
import dev.sluice.app.serve.ServeCommand;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The program's entry: commands that need a server, or are one, go there; all else to the command
 * line, which knows nothing of them. Never decides anything of a run itself.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        boolean snakemake = "snakemake".equals(System.getProperty("sluice.as"));
        int code = run(List.of(args), snakemake);
        if (code == 0) {
            AotTraining.startIfWanted();
        }
        System.exit(code);
    }

    private static int run(List<String> words, boolean snakemake) {
        if (snakemake || words.isEmpty()) {
            return CommandLine.run(words, snakemake);
        }
        String command = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        Map<String, String> environment = System.getenv();
        Path folder = Path.of("").toAbsolutePath();
        boolean help = command.equals("help") && !rest.isEmpty();
        return switch (help ? rest.getFirst() : command) {
            case "serve" ->
                    said(
                            environment,
                            rest,
                            terminal ->
                                    new ServeCommand(terminal, folder, environment)
                                            .run(help ? List.of("--help") : rest));
            case "submit" ->
                    said(
                            environment,
                            rest,
                            terminal ->
                                    SubmitCommand.run(
                                            terminal, folder, environment, command, rest));
            case "report" ->
                    said(
                            environment,
                            rest,
                            terminal ->
                                    new ReportCommand(terminal, folder, CommandLine.VERSION)
                                            .run(help ? List.of("--help") : rest));
            default ->
                    !help && RemoteCommand.wanted(command, rest)
                            ? said(
                                    environment,
                                    rest,
                                    terminal ->
                                            RemoteCommand.run(
                                                    terminal, folder, environment, command, rest))
                            : CommandLine.run(words, false);
        };
    }

    private static int said(
            Map<String, String> environment, List<String> words, ToIntFunction<Terminal> command) {
        Terminal terminal = Terminal.ofProcess(environment);
        try {
            return Guarded.run(
                    terminal, words.contains("--verbose"), () -> command.applyAsInt(terminal));
        } finally {
            terminal.flush();
        }
    }
}
