package dev.sluice.app.rest;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.List;
import java.util.UUID;

/**
 * Says what went wrong before a request reached an operation, such as a body that is too large or a
 * form that cannot be read, as problems like all others.
 */
public final class FailureProblems implements Handler<RoutingContext> {
    private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 405, 413, 415, 500);

    private final PrintStream log;

    private FailureProblems(PrintStream log) {
        this.log = log;
    }

    /**
     * For all routes of the router.
     *
     * @param log gets the traces that no client is to see
     */
    public static void mount(Router router, PrintStream log) {
        var handler = new FailureProblems(log);
        for (int status : STATUSES) {
            router.errorHandler(status, handler);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response().headWritten() || context.response().closed()) {
            return;
        }
        Answer answer = Answer.of(problem(context), RestRoutes.path(context.request()));
        context.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", answer.type())
                .end(Buffer.buffer(answer.body()));
    }

    private Problem problem(RoutingContext context) {
        String path = RestRoutes.path(context.request());
        return switch (context.statusCode()) {
            case 404 -> Problem.notFound("there is nothing at " + path);
            case 405 -> new Problem(405, "Method not allowed", "not possible at " + path, null);
            case 413 ->
                    new Problem(
                            413,
                            "Too large",
                            "the request is larger than this server takes",
                            "send less, or ask whoever runs the server to raise the limit");
            case 400, 401, 403, 415 ->
                    new Problem(
                            context.statusCode(),
                            "Bad request",
                            "the request cannot be read" + because(context.failure()),
                            null);
            default -> ours(context);
        };
    }

    private Problem ours(RoutingContext context) {
        String id = UUID.randomUUID().toString();
        Throwable failure = context.failure();
        synchronized (log) {
            log.println("error " + id + ": " + context.request().path());
            if (failure != null) {
                failure.printStackTrace(log);
            }
            log.flush();
        }
        return Problem.ours(id);
    }

    private static String because(@Nullable Throwable failure) {
        return failure == null || failure.getMessage() == null ? "" : ": " + failure.getMessage();
    }
}
