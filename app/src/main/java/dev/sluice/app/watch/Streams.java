package dev.sluice.app.watch;

import dev.sluice.app.access.Access;
import dev.sluice.app.access.Action;
import dev.sluice.app.access.Principal;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.engine.schedule.Key;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What browsers follow: snapshots, deltas, the list of runs and growing logs. Event loops only
 * write; all that looks at a run happens on virtual threads. Nothing is buffered for a watcher who
 * is slow. To be closed before the server is, so that streams end cleanly.
 */
public final class Streams implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Streams.class.getName());

    private static final long BEAT_SECONDS = 15;
    private static final String LAST_EVENT = "Last-Event-ID";
    private static final String RUN = "/api/v1/runs/:run";
    private static final String ATTEMPT = RUN + "/jobs/:job/attempts/:attempt";

    private final Watches watches;
    private final Runs runs;
    private final Access access;
    private final RecentRuns recent = new RecentRuns();
    private final Set<Live> live = ConcurrentHashMap.newKeySet();
    private final Set<Live> ofAllRuns = ConcurrentHashMap.newKeySet();
    private final AtomicInteger following = new AtomicInteger();
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("streams").factory());
    private volatile boolean closed;

    /** Answers a request; on the connection's event loop. */
    private interface Opening {
        void open();
    }

    public Streams(Watches watches, Runs runs, Access access) {
        this.watches = watches;
        this.runs = runs;
        this.access = access;
        watches.addListener(recent);
        var _ = clock.scheduleWithFixedDelay(this::tellRuns, 1, 1, TimeUnit.SECONDS);
        var _ =
                clock.scheduleWithFixedDelay(
                        () -> live.forEach(Live::beat),
                        BEAT_SECONDS,
                        BEAT_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** The principal's header is to be set, or removed, by a handler in front. */
    public void mount(Router router) {
        router.get(RUN + "/snapshot").handler(routing -> grant(routing, this::snapshot));
        router.get(RUN + "/events").handler(routing -> grant(routing, this::deltas));
        router.get("/api/v1/events").handler(routing -> grant(routing, this::allRuns));
        router.get(ATTEMPT + "/log/stream").handler(routing -> grant(routing, this::attemptLog));
        router.get(RUN + "/log/stream").handler(routing -> grant(routing, this::engineLog));
    }

    /** How many streams are open. */
    public int open() {
        return live.size();
    }

    /** How many threads follow a file. */
    int following() {
        return following.get();
    }

    @Override
    public void close() {
        closed = true;
        clock.shutdown();
        live.forEach(Live::end);
        work.shutdown();
    }

    private Opening snapshot(RoutingContext routing) {
        Buffer bytes = watches.of(visible(routing)).snapshot();
        return () ->
                routing.response()
                        .putHeader("Content-Type", "application/octet-stream")
                        .putHeader("Cache-Control", "no-store")
                        .end(bytes);
    }

    private Opening deltas(RoutingContext routing) {
        HostedRun run = visible(routing);
        String after = after(routing);
        BooleanSupplier active = () -> runs.isActive(run);
        var waker = new Waker();
        Watch watch = watches.of(run, waker);
        return () -> {
            Sse sse = Sse.begin(routing);
            sse.whenClosed(() -> watch.removeWaker(waker));
            waker.begin(begin(sse, new RunStream(sse, watch, active, after, work)));
        };
    }

    private Opening allRuns(RoutingContext routing) {
        Principal principal = principal(routing);
        return () -> {
            Sse sse = Sse.begin(routing);
            var stream =
                    new RunsStream(sse, recent, owner -> access.may(principal, Action.LOOK, owner));
            ofAllRuns.add(stream);
            sse.whenClosed(() -> ofAllRuns.remove(stream));
            begin(sse, stream).wake();
        };
    }

    private Opening attemptLog(RoutingContext routing) {
        HostedRun run = visible(routing);
        long offset = offset(routing);
        int number = small("attempt", parameter(routing, "attempt"));
        String ruleLog = routing.request().getParam("file");
        var log = new LogChoice(watches, run, new Key(parameter(routing, "job")), number);
        Path file = log.file(ruleLog == null ? -1 : small("file", ruleLog));
        return () -> follow(routing, file, offset, log::isOver);
    }

    private Opening engineLog(RoutingContext routing) {
        HostedRun run = visible(routing);
        long offset = offset(routing);
        BooleanSupplier over = () -> !runs.isActive(run);
        return () -> follow(routing, run.engineLog(), offset, over);
    }

    private void follow(RoutingContext routing, Path file, long offset, BooleanSupplier over) {
        Sse sse = Sse.begin(routing);
        var gone = new CountDownLatch(1);
        sse.whenClosed(gone::countDown);
        var stream = new LogStream(sse, file, offset, over, gone);
        begin(sse, stream);
        try {
            following.incrementAndGet();
            work.execute(
                    () -> {
                        try {
                            stream.run();
                        } finally {
                            following.decrementAndGet();
                        }
                    });
        } catch (RejectedExecutionException closing) {
            following.decrementAndGet();
            sse.end();
        }
    }

    private Live begin(Sse sse, Live stream) {
        live.add(stream);
        sse.whenClosed(() -> live.remove(stream));
        if (closed) {
            sse.end();
        }
        return stream;
    }

    private void tellRuns() {
        try {
            if (recent.make(watches)) {
                ofAllRuns.forEach(Live::wake);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "changed runs could not be told", e);
        }
    }

    /** Looks on a virtual thread, answers on the event loop. */
    private void grant(RoutingContext routing, Function<RoutingContext, Opening> look) {
        Context loop = routing.vertx().getOrCreateContext();
        try {
            work.execute(
                    () -> {
                        Opening opening = looked(routing, look);
                        loop.runOnContext(_ -> opening.open());
                    });
        } catch (RejectedExecutionException closing) {
            refuse(routing, Refusal.unavailable("the server is closing"));
        }
    }

    private Opening looked(RoutingContext routing, Function<RoutingContext, Opening> look) {
        try {
            return look.apply(routing);
        } catch (Refusal refusal) {
            return () -> refuse(routing, refusal);
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.log(System.Logger.Level.ERROR, routing.request().path() + " failed", e);
            }
            Refusal refusal =
                    closed ? Refusal.unavailable("the server is closing") : Refusal.failed();
            return () -> refuse(routing, refusal);
        }
    }

    private static void refuse(RoutingContext routing, Refusal refusal) {
        routing.response()
                .setStatusCode(refusal.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(Buffer.buffer(refusal.json(String.valueOf(routing.request().path()))));
    }

    /** The run that is asked for, where the principal may look at it. */
    private HostedRun visible(RoutingContext routing) {
        String id = parameter(routing, "run");
        HostedRun run = runs.find(id);
        if (run == null) {
            throw Refusal.notFound("there is no run " + id);
        }
        if (!access.may(principal(routing), Action.LOOK, run.submission().owner())) {
            throw Refusal.forbidden("run " + id + " is not yours to look at");
        }
        return run;
    }

    private static String parameter(RoutingContext routing, String name) {
        return Objects.requireNonNull(routing.pathParam(name), name);
    }

    private static Principal principal(RoutingContext routing) {
        String name = routing.request().getHeader(Principal.HEADER);
        return new Principal(name == null || name.isBlank() ? "local" : name);
    }

    /** A reconnecting browser says where it is in the header; the address is what it was. */
    private static String after(RoutingContext routing) {
        String last = routing.request().getHeader(LAST_EVENT);
        String asked = routing.request().getParam("after");
        return last != null && !last.isEmpty() ? last : asked == null ? "" : asked;
    }

    private static long offset(RoutingContext routing) {
        String last = routing.request().getHeader(LAST_EVENT);
        String asked = routing.request().getParam("offset");
        String text = last != null && !last.isEmpty() ? last : asked;
        return text == null ? 0 : number("offset", text);
    }

    private static int small(String name, String text) {
        return (int) Math.min(Integer.MAX_VALUE, number(name, text));
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,9}|[1-9][0-9]{9,17}")) {
            throw Refusal.badRequest(name + " is to be a whole number, not " + text);
        }
        return Long.parseLong(text);
    }
}
