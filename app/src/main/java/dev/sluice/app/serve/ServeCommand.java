package dev.sluice.app.serve;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.ProcessSignals;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.ArgumentParser;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code sluice serve}: listens until it is told to end; what runs then goes on without it. */
public final class ServeCommand {
    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;

    public ServeCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
    }

    public static String help() {
        return """
        Serves workflows: takes submissions, runs them, and shows them in a browser.

        Usage: sluice serve [OPTIONS]

        Options
              --host HOST         the address to listen on (default: 127.0.0.1)
              --port N            the port (default: %d; 0: a free one)
              --data DIR          where runs and the catalogue lie
                                  (default: $XDG_DATA_HOME/sluice or ~/.local/share/sluice)
              --cores N           cores for all runs together (default: all of this machine)
              --token-file FILE   who may use it: lines OWNER TOKEN. Without it the server
                                  listens on this machine only, and asks nobody who he is
              --settings FILE     notifications, retention, quotas (docs/controller.md)
              --drop DIR          submit what appears in this folder
          -h, --help              this page

        Ctrl-C ends the server and not the runs: their jobs go on, and the next `sluice serve` with
        the same --data goes on with all of them. So it is after a crash.

        Examples
          sluice serve
          sluice submit my-workflow --server http://127.0.0.1:%d -c 4
          sluice resume --server http://127.0.0.1:%d
        """
                .formatted(ServeOptions.PORT, ServeOptions.PORT, ServeOptions.PORT);
    }

    /** The exit code; the server's life lies between the call and the return. */
    public int run(List<String> words) {
        if (words.contains("--help") || words.contains("-h")) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        ServeOptions options =
                ServeOptions.of(
                        ArgumentParser.parse(ServeOptions.TABLE, words), folder, environment);
        QuietLogs.install();
        var end = new CountDownLatch(1);
        try (var signals = new ProcessSignals()) {
            signals.on("INT", () -> endOnce(end));
            signals.on("TERM", () -> endOnce(end));
            try (Server server = Server.start(options, environment, this::say)) {
                welcome(server, options);
                end.await();
                say("ending; what runs goes on, and so does the next server with it...");
            }
            return ExitCode.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.JOB_FAILED;
        }
    }

    private void welcome(Server server, ServeOptions options) {
        String names =
                server.url().equals(server.address())
                        ? server.url()
                        : server.address() + ", to the world " + server.url();
        say("Sluice serves on " + names + " (data: " + options.data() + ")");
        if (server.resumed() > 0) {
            say(server.resumed() + (server.resumed() == 1 ? " run goes on" : " runs go on"));
        }
    }

    /** Who asks a second time does not want to wait; a kill does no harm to what runs. */
    private static void endOnce(CountDownLatch end) {
        if (end.getCount() == 0) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        end.countDown();
    }

    private void say(String line) {
        synchronized (terminal) {
            terminal.err().println(line);
            terminal.err().flush();
        }
    }
}
