package dev.sluice.app.remote;

import dev.sluice.app.console.UsageError;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;

import javax.net.ssl.SSLException;

/** What can be wrong between here and a server, in words for the user. */
final class Troubles {
    private static final int MOST_ANSWER = 1 << 16;

    private Troubles() {}

    /** No answer came. */
    static UsageError unreached(Server server, IOException error) {
        String where = "cannot reach the server " + server.url() + ": ";
        if (has(error, SSLException.class)) {
            return new UsageError(
                    where + "no secure connection: " + words(error),
                    "a certificate of your own has to be known to Java:"
                            + " JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE");
        }
        if (has(error, UnresolvedAddressException.class)
                || has(error, UnknownHostException.class)) {
            return new UsageError(where + "no machine has this name");
        }
        if (error instanceof HttpConnectTimeoutException) {
            return new UsageError(where + "it does not answer");
        }
        if (error instanceof ConnectException) {
            return new UsageError(
                    where + "connection refused", "is it running there? `sluice serve` starts one");
        }
        return new UsageError(where + words(error));
    }

    private static boolean has(Throwable error, Class<? extends Throwable> kind) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (kind.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    static String words(IOException error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    /** Whether it may be otherwise in a moment: the server starts, or something before it. */
    static boolean passes(int status) {
        return status == 502 || status == 503 || status == 504;
    }

    /** An answer that is not the one that was asked for. Reads it to its end. */
    static UsageError refused(Server server, HttpResponse<InputStream> answer) {
        int status = answer.statusCode();
        Map<String, Object> problem = problem(answer);
        String detail = text(problem, "detail");
        String said = detail == null ? text(problem, "title") : detail;
        String hint = text(problem, "hint");
        if (status == 401) {
            return new UsageError(
                    "the server " + server.url() + " does not know you",
                    server.token() == null
                            ? "it wants a token: $SLUICE_TOKEN or --token-file"
                            : "the token that it was shown is not one of its own");
        }
        if (said != null) {
            return new UsageError(said, hint);
        }
        if (status >= 300 && status < 400) {
            return new UsageError(
                    "the server " + server.url() + " is elsewhere",
                    "--server " + answer.headers().firstValue("Location").orElse("URL"));
        }
        return switch (status) {
            case 403 -> new UsageError("the server does not allow you this");
            case 404 ->
                    new UsageError(
                            "the server " + server.url() + " does not know this",
                            "is it a Sluice server, and of this version?");
            case 413 -> new UsageError("this is larger than the server takes");
            case 502, 503, 504 ->
                    new UsageError(
                            "the server " + server.url() + " is not ready", "try it in a moment");
            default ->
                    new UsageError(
                            "the server " + server.url() + " answered with status " + status);
        };
    }

    /** It answered, but not as a Sluice server does. */
    static UsageError stranger(Server server) {
        return new UsageError(
                "what answers at " + server.url() + " is no Sluice server of this version");
    }

    private static Map<String, Object> problem(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(MOST_ANSWER);
            String type = answer.headers().firstValue("Content-Type").orElse("");
            return type.contains("json") ? JsonTree.object(bytes) : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static @Nullable String text(Map<String, Object> problem, String field) {
        return problem.get(field) instanceof String text && !text.isBlank() ? text : null;
    }
}
