package dev.sluice.app.serve;

import dev.sluice.app.access.Access;
import dev.sluice.app.catalogue.Catalogue;
import dev.sluice.app.catalogue.CatalogueKeeper;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.edge.DropFolder;
import dev.sluice.app.edge.DropFolderRoutes;
import dev.sluice.app.edge.EndListener;
import dev.sluice.app.edge.Ends;
import dev.sluice.app.edge.HealthRoutes;
import dev.sluice.app.edge.HousekeepingRoutes;
import dev.sluice.app.edge.NotifyRoutes;
import dev.sluice.app.host.HostSettings;
import dev.sluice.app.host.RunHost;
import dev.sluice.app.host.Runs;
import dev.sluice.app.measure.Measures;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.rest.CommandEngines;
import dev.sluice.app.rest.FailureProblems;
import dev.sluice.app.rest.RestParts;
import dev.sluice.app.rest.RestRoutes;
import dev.sluice.app.rest.Uploads;
import dev.sluice.app.says.SaysHandler;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.submit.Quota;
import dev.sluice.app.watch.Streams;
import dev.sluice.app.watch.Watches;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The controller: its parts, one port, from start to close. What it knows lies in the data folder;
 * a start after a kill is a start like any other.
 */
public final class Server implements AutoCloseable {
    private static final int LINE_BYTES = 16_384;
    private static final int FORM_TEXT_BYTES = 1 << 18;
    private static final long LISTEN_SECONDS = 30;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Consumer<String> log;
    private final String url;
    private final int resumed;

    private Server(
            ServeOptions options,
            Map<String, String> environment,
            HostSettings.LocalExecutors executors,
            Consumer<String> log)
            throws Exception {
        this.log = log;
        Path data = options.data().toAbsolutePath();
        ServerSettings settings = options.settings();
        Path uploads = data.resolve("incoming").resolve("uploads");

        Catalogue[] rows = new Catalogue[1];
        var measures = opened(new Measures(() -> states(rows[0])));
        var host =
                opened(
                        new RunHost(
                                new HostSettings(
                                        data,
                                        options.cores(),
                                        settings.quotas().runsPerOwner(),
                                        withoutSecrets(environment),
                                        measures,
                                        executors,
                                        log)));
        Files.createDirectories(uploads);
        Catalogue catalogue = opened(Catalogue.open(data.resolve("catalogue.mv.db")));
        rows[0] = catalogue;
        var keeper = opened(new CatalogueKeeper(catalogue, host, log));
        Runs runs = keeper.telling();

        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(32));
        opened(
                () ->
                        vertx.close()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS));
        HttpServer http = vertx.createHttpServer(httpOptions(options));
        var watches = opened(new Watches(runs));
        Router router = Router.router(vertx);
        new FrontDoor(System.getProperty("user.name", "local"), options.tokens()).mount(router);
        FailureProblems.mount(router, System.err);
        Streams streams = opened(new Streams(watches, runs, Access.OPEN));
        streams.mount(router);
        new SaysHandler(runs, Access.OPEN, withoutSecrets(environment)).mount(router);
        new Pages(webFolder()).mount(router);

        resumed = host.start();
        int port = listen(http, router, options);
        url = settings.publicUrl() == null ? address(options.host(), port) : settings.publicUrl();

        List<EndListener> ends = new ArrayList<>();
        DropFolder drop = dropFolder(settings, runs, catalogue);
        if (drop != null) {
            ends.add(opened(drop));
        }
        var notify =
                new NotifyRoutes(
                        data.resolve("notify"),
                        settings,
                        this::link,
                        measures,
                        log,
                        Clock.systemUTC());
        ends.add(notify.outbox());
        keeper.addListener(new Ends(host, ends));
        keeper.start();
        watches.addListener(keeper);
        watches.addListener(measures);

        CamelContext camel = new DefaultCamelContext();
        camel.getShutdownStrategy().setTimeout(2);
        camel.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
        SharedRouter.bind(
                camel, vertx, router, new Uploads(uploads, settings.quotas().uploadBytes()));
        camel.addRoutes(new HealthRoutes(host::isReady, measures));
        camel.addRoutes(
                new RestRoutes(
                        new RestParts(
                                runs,
                                Access.OPEN,
                                watches,
                                catalogue,
                                quota(settings),
                                new CommandEngines(withoutSecrets(environment)),
                                Clock.systemUTC(),
                                System.err)));
        if (drop != null) {
            camel.addRoutes(new DropFolderRoutes(drop));
        }
        camel.addRoutes(notify);
        camel.addRoutes(
                new HousekeepingRoutes(
                        settings.retention(),
                        runs,
                        catalogue::find,
                        data.resolve("incoming"),
                        log,
                        Clock.systemUTC()));
        camel.start();
        opened(camel::stop);
    }

    /**
     * Starts it, and with it every run that has not ended; listens when this returns.
     *
     * @param log is told what a person should know, a line each
     * @throws UsageError where the port or the data folder is another's
     */
    static Server start(
            ServeOptions options, Map<String, String> environment, Consumer<String> log) {
        return start(options, environment, HostSettings.LocalExecutors.PROCESSES, log);
    }

    static Server start(
            ServeOptions options,
            Map<String, String> environment,
            HostSettings.LocalExecutors executors,
            Consumer<String> log) {
        try {
            return new Server(options, environment, executors, log);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * For benchmarks: the server that {@code sluice serve} with these words would be, but for where
     * its jobs go. All else is real: engines, journals, plans, streams.
     *
     * @param words options of {@code sluice serve}
     * @param folder what relative paths among them start from
     * @param executors is handed every attempt of every run
     * @throws UsageError as {@code sluice serve}
     */
    public static Server startWith(
            List<String> words,
            Path folder,
            Map<String, String> environment,
            HostSettings.LocalExecutors executors,
            Consumer<String> log) {
        Arguments given = ArgumentParser.parse(ServeOptions.TABLE, words);
        return start(ServeOptions.of(given, folder, environment), environment, executors, log);
    }

    /** Where browsers find it, without a slash at the end. */
    public String url() {
        return url;
    }

    /** How many runs it went on with when it started. */
    public int resumed() {
        return resumed;
    }

    private String link(String run) {
        return url + "/runs/" + run;
    }

    private static Map<String, Integer> states(@Nullable Catalogue catalogue) {
        return catalogue == null ? Map.of() : catalogue.states();
    }

    /** Jobs and Snakefiles of others have no use for the server's own tokens. */
    private static Map<String, String> withoutSecrets(Map<String, String> environment) {
        var kept = new LinkedHashMap<>(environment);
        kept.remove("SLUICE_TOKEN");
        return kept;
    }

    private static @Nullable Path webFolder() {
        String folder = System.getProperty("sluice.web.dir");
        return folder == null ? null : Path.of(folder);
    }

    private static Quota quota(ServerSettings settings) {
        ServerSettings.Quotas quotas = settings.quotas();
        return new Quota(quotas.uploadBytes(), quotas.unpackedBytes(), quotas.files());
    }

    private @Nullable DropFolder dropFolder(
            ServerSettings settings, Runs runs, Catalogue catalogue) {
        ServerSettings.DropFolder drop = settings.drop();
        return drop == null
                ? null
                : new DropFolder(
                        drop,
                        runs,
                        quota(settings),
                        this::link,
                        catalogue::find,
                        log,
                        Clock.systemUTC());
    }

    private static HttpServerOptions httpOptions(ServeOptions options) {
        return new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxFormAttributeSize(FORM_TEXT_BYTES)
                .setCompressionSupported(true);
    }

    private int listen(HttpServer http, Router router, ServeOptions options)
            throws InterruptedException, TimeoutException {
        try {
            http.requestHandler(router)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LISTEN_SECONDS, TimeUnit.SECONDS);
            return http.actualPort();
        } catch (ExecutionException e) {
            close();
            throw new UsageError(
                    "cannot listen on "
                            + address(options.host(), options.port())
                            + ": "
                            + reason(e.getCause()),
                    "another port: --port N (0: a free one)");
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof IOException && cause.getMessage() != null
                ? String.valueOf(cause.getMessage())
                : String.valueOf(cause);
    }

    private static String address(String host, int port) {
        String named = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + named + ":" + port;
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** The last one opened first; what runs goes on. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                log.accept("while ending: " + e);
            }
        }
    }
}
