package dev.sluice.benchmarks.web;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.serve.Server;

import java.nio.file.Path;
import java.util.List;

/**
 * {@code sluice serve} whose jobs are played: plans, engines, journals, checks of outputs and
 * streams are those of the program. Ends on SIGTERM; what was played is then lost, as after a
 * restart of the machine.
 *
 * <p>{@code java -cp … dev.sluice.benchmarks.web.SimulatedServer JOBS_PER_SECOND RUN_SECONDS
 * [options of sluice serve]}
 */
public final class SimulatedServer {
    private SimulatedServer() {}

    public static void main(String[] args) throws InterruptedException {
        var pace = new Pace(Double.parseDouble(args[0]), Double.parseDouble(args[1]));
        List<String> words = List.of(args).subList(2, args.length);
        try (Server server =
                Server.startWith(
                        words,
                        Path.of("").toAbsolutePath(),
                        System.getenv(),
                        (settings, listener) ->
                                new PlayedExecutor(settings.workdir(), listener, pace),
                        line -> System.err.println(line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            System.out.println(server.url());
            Thread.currentThread().join();
        } catch (UsageError e) {
            System.err.println("error: " + e.text());
            System.exit(2);
        }
    }
}
