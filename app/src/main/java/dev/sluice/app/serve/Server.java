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
import io.vertx.ext.web.Router;

import org.apache.camel.RoutesBuilder;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The controller: its parts, one port, from start to close. What it knows lies in the data folder;
 * a start after a kill is a start like any other.
 */
public final class Server implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Consumer<String> log;
    private String address = "";
    private String url = "";
    private int resumed;

    private Server(Consumer<String> log) {
        this.log = log;
    }

    private void begin(
            ServeOptions options,
            Map<String, String> environment,
            HostSettings.LocalExecutors executors)
            throws Exception {
        Path data = DataFolder.checked(options.data());
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
        Vertx vertx = vertx();
        var gate = new Gate();
        address = Port.listen(vertx, options, gate);
        url = settings.publicUrl() == null ? address : settings.publicUrl();

        Catalogue catalogue = opened(Catalogue.open(data.resolve("catalogue.mv.db")));
        rows[0] = catalogue;
        var keeper = opened(new CatalogueKeeper(catalogue, host, log));
        Runs runs = keeper.telling();
        var watches = opened(new Watches(runs));
        Router router = Router.router(vertx);
        new FrontDoor(
                        System.getProperty("user.name", "local"),
                        options.tokens(),
                        settings.publicUrl())
                .mount(router);
        FailureProblems.mount(router, System.err);
        Streams streams = opened(new Streams(watches, runs, Access.OPEN));
        streams.mount(router);
        new SaysHandler(runs, Access.OPEN, withoutSecrets(environment)).mount(router);
        new Pages(webFolder()).mount(router);

        resumed = host.start();
        DropFolder drop = dropFolder(settings, runs, catalogue);
        var notify =
                new NotifyRoutes(
                        data.resolve("notify"),
                        settings,
                        this::link,
                        measures,
                        log,
                        Clock.systemUTC());
        List<EndListener> ends = new ArrayList<>();
        if (drop != null) {
            ends.add(opened(drop));
        }
        ends.add(notify.outbox());
        keeper.addListener(new Ends(host, ends));
        keeper.start();
        watches.addListener(keeper);
        watches.addListener(measures);

        List<RoutesBuilder> routes = new ArrayList<>();
        routes.add(new HealthRoutes(host::isReady, measures));
        routes.add(
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
            routes.add(new DropFolderRoutes(drop));
        }
        routes.add(notify);
        routes.add(
                new HousekeepingRoutes(
                        settings.retention(),
                        runs,
                        catalogue::find,
                        data.resolve("incoming"),
                        log,
                        Clock.systemUTC()));
        opened(new Edge(vertx, router, new Uploads(uploads, settings.quotas().uploadBytes())))
                .start(routes);
        gate.open(router);
    }

    private Vertx vertx() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(32));
        opened(
                () ->
                        vertx.close()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(CLOSE_SECONDS, TimeUnit.SECONDS));
        return vertx;
    }

    /**
     * Starts it, and with it every run that has not ended; answers requests when this returns.
     *
     * @param log is told what a person should know, a line each
     * @throws UsageError where the port or the data folder cannot be had
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
        var server = new Server(log);
        try {
            server.begin(options, environment, executors);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        } catch (Exception e) {
            server.close();
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

    /** Where it listens, without a slash at the end. */
    public String address() {
        return address;
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
