package dev.sluice.app.rest;

import dev.sluice.app.access.Principal;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the operation that a request means and has it answered; every end is an {@link Answer}.
 * Knows no HTTP library. Used by many threads.
 */
final class RestApi {
    /** Where all paths begin. */
    static final String ROOT = "/api/v1";

    private final List<Operation> operations;
    private final PrintStream log;

    /**
     * @param log gets the traces that no client is to see
     */
    RestApi(List<Operation> operations, PrintStream log) {
        this.operations = List.copyOf(operations);
        this.log = log;
    }

    List<Operation> operations() {
        return operations;
    }

    /** A request as it came. */
    @SuppressWarnings("ArrayRecordComponent") // Lives as long as one request; never compared.
    record Call(
            Principal principal,
            String method,
            String rawPath,
            @Nullable String rawQuery,
            byte[] body,
            Parts parts) {}

    Answer answer(Call call) {
        try {
            return answered(call);
        } catch (Problem problem) {
            return Answer.of(problem, call.rawPath());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
            return bug(bug, call.method(), call.rawPath());
        }
    }

    private Answer answered(Call call) {
        List<String> segments = segments(call.rawPath());
        Set<String> allowed = new LinkedHashSet<>();
        for (Operation operation : operations) {
            SequencedMap<String, String> path = operation.match(segments);
            if (path != null && operation.method().equals(call.method())) {
                Query query = Query.of(call.rawQuery());
                query.only(operation.words());
                return operation
                        .handler()
                        .answer(
                                new Request(
                                        call.principal(), path, query, call.body(), call.parts()));
            }
            if (path != null) {
                allowed.add(operation.method());
            }
        }
        if (allowed.isEmpty()) {
            throw Problem.notFound("there is nothing at " + call.rawPath());
        }
        throw Problem.notAllowed(call.method(), String.join(", ", allowed));
    }

    /** Tells the log all and the client where to look. */
    Answer bug(Throwable bug, String method, String path) {
        String id = UUID.randomUUID().toString();
        synchronized (log) {
            log.println("error " + id + ": " + method + " " + path);
            bug.printStackTrace(log);
            log.flush();
        }
        return Answer.of(Problem.ours(id), path);
    }

    /** Below the root, each decoded on its own: an encoded slash does not part them. */
    private static List<String> segments(String rawPath) {
        var segments = new ArrayList<String>();
        if (!rawPath.startsWith(ROOT)) {
            throw Problem.notFound("there is nothing at " + rawPath);
        }
        for (String raw : rawPath.substring(ROOT.length()).split("/", -1)) {
            if (!raw.isEmpty()) {
                segments.add(decoded(raw));
            }
        }
        return segments;
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("`" + raw + "` is not percent-encoded as it should be", null);
        }
    }
}
