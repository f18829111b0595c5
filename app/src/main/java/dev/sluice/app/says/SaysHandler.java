package dev.sluice.app.says;

import dev.sluice.app.access.Access;
import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code /api/v1/says/COMMAND} and {@code /api/v1/runs/RUN/says/COMMAND}: commands of the command
 * line, carried out here. GET for those that look, POST for those that steer. Each request has a
 * virtual thread of its own, which ends when its client is gone; nothing is done on the event loop.
 */
public final class SaysHandler {
    /** Which run the words were found to mean. */
    static final String RUN_HEADER = "Sluice-Run";

    private static final int MOST_AT_ONCE = 512;
    private static final int MOST_EXPLAINING = 4;
    private static final long BEAT_MILLIS = 15_000;

    private final Runs runs;
    private final Access access;
    private final Map<String, String> environment;
    private final AtomicInteger atWork = new AtomicInteger();
    private final Semaphore explaining = new Semaphore(MOST_EXPLAINING, true);

    /**
     * @param environment that of the server's process, for workflows that are loaded to explain
     */
    public SaysHandler(Runs runs, Access access, Map<String, String> environment) {
        this.runs = runs;
        this.access = access;
        this.environment = new LinkedHashMap<>(environment);
    }

    public void mount(Router router) {
        for (String path :
                new String[] {"/api/v1/says/:command", "/api/v1/runs/:run/says/:command"}) {
            router.get(path).handler(this::begin);
            router.post(path).handler(this::begin);
        }
    }

    /** How many commands are at work. */
    int atWork() {
        return atWork.get();
    }

    private void begin(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (atWork.incrementAndGet() > MOST_AT_ONCE) {
            atWork.decrementAndGet();
            refuse(
                    context,
                    new Refusal(
                            503,
                            "Too many commands",
                            "too many commands at once",
                            "wait a moment"));
            return;
        }
        Thread thread = Thread.ofVirtual().name("says").unstarted(() -> carryOut(context));
        response.closeHandler(gone -> thread.interrupt());
        response.exceptionHandler(gone -> thread.interrupt());
        thread.start();
    }

    private void carryOut(RoutingContext context) {
        try {
            answer(context);
        } catch (Refusal e) {
            refuse(context, e);
        } catch (RuntimeException e) {
            context.fail(e);
        } finally {
            atWork.decrementAndGet();
        }
    }

    private void answer(RoutingContext context) {
        Request request =
                Request.of(
                        context.request(),
                        context.pathParam("run"),
                        String.valueOf(context.pathParam("command")));
        checkMethod(context, request.command());
        request.from("", false)
                .carryOut(
                        () -> {
                            answer(context, request);
                            return request;
                        });
    }

    private void answer(RoutingContext context, Request request) {
        var pick = new RunPick(runs, access, request.principal());
        Words words = Words.read(request.command(), request.words(), pick::isRun);
        if (request.command() == ServerCommand.RUNS) {
            stream(context, request, null, speaker -> speaker.list(pick.visible(), words));
            return;
        }
        String pinned = request.pinned();
        HostedRun run =
                pinned == null
                        ? pick.named(words.run(), request.command())
                        : pick.pinned(pinned, words.run());
        if (run == null) {
            stream(context, request, null, Speaker::nothingToResume);
            return;
        }
        if (request.command().steers()) {
            pick.maySteer(run);
        }
        stream(context, request, run, speaker -> speaker.speak(run, words));
    }

    @FunctionalInterface
    private interface Said {
        int by(Speaker speaker);
    }

    private void stream(
            RoutingContext context, Request request, @Nullable HostedRun run, Said said) {
        HttpServerResponse response = context.response();
        response.setChunked(true)
                .putHeader("Content-Type", Answer.TYPE)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        if (run != null) {
            response.putHeader(RUN_HEADER, run.id());
        }
        var answer = new Answer(response, request);
        long nanos = TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
        long beats = context.vertx().setPeriodic(BEAT_MILLIS, _ -> answer.beat(nanos));
        try {
            var speaker =
                    new Speaker(
                            runs,
                            answer.terminal(),
                            request.environment(environment),
                            answer,
                            explaining);
            answer.end(
                    request.from(run == null ? "" : run.id(), run != null && runs.isActive(run))
                            .carryOut(() -> said.by(speaker)));
        } finally {
            context.vertx().cancelTimer(beats);
        }
    }

    private static void checkMethod(RoutingContext context, ServerCommand command) {
        HttpMethod wanted = command.steers() ? HttpMethod.POST : HttpMethod.GET;
        if (!context.request().method().equals(wanted)) {
            context.response().putHeader("Allow", wanted.name());
            throw new Refusal(
                    405,
                    "Another method",
                    "`" + command.word() + "` is asked by " + wanted.name(),
                    null);
        }
    }

    private static void refuse(RoutingContext context, Refusal refusal) {
        HttpServerResponse response = context.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(refusal.status())
                .putHeader("Content-Type", Refusal.TYPE)
                .end(Buffer.buffer(refusal.json(String.valueOf(context.request().path()))));
    }
}
