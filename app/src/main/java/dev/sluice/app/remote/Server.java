package dev.sluice.app.remote;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.runs.ServerOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A server and how to speak to it. Follows no redirects, so that the token goes nowhere else. May
 * be shared by threads.
 *
 * @param url without a slash at its end
 * @param token what the server is shown, or null
 */
record Server(String url, @Nullable String token, HttpClient http) implements AutoCloseable {
    private static final String URL_VARIABLE = "SLUICE_SERVER";
    private static final String TOKEN_VARIABLE = "SLUICE_TOKEN";
    private static final String EXAMPLE = "http://127.0.0.1:8745";

    /** No target and no run looks so: {@code ftp://x}, {@code localhost:8745}. */
    private static final Pattern MEANT_AS_URL =
            Pattern.compile("[a-zA-Z]+://.*|[A-Za-z0-9.-]+:[0-9]{1,5}/?");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * A server, and the arguments without it.
     *
     * @param given the word behind a bare {@code --server} is back in its place
     */
    record Named(Server server, Arguments given) {}

    /** Read from the options, else from the environment. */
    static Named of(Arguments given, Path folder, Map<String, String> environment) {
        String word = given.last(ServerOptions.SERVER, "");
        List<String> targets = new ArrayList<>(given.targets());
        String url = word;
        if (!isUrl(word)) {
            url = environment.getOrDefault(URL_VARIABLE, "");
            if (!word.isEmpty()) {
                if (MEANT_AS_URL.matcher(word).matches()) {
                    throw noUrl(word);
                }
                if (url.isEmpty() || !targets.isEmpty()) {
                    throw noUrl(word);
                }
                targets.add(word);
            }
        }
        if (url.isEmpty()) {
            throw new UsageError(
                    "--server expects the URL of a server",
                    "such as --server "
                            + EXAMPLE
                            + "; $SLUICE_SERVER is taken where it is"
                            + " left out");
        }
        var others =
                new Arguments(
                        given.without(List.of(ServerOptions.SERVER, ServerOptions.TOKEN_FILE))
                                .values(),
                        targets);
        return new Named(of(url, token(given, folder, environment)), others);
    }

    static Server of(String url, @Nullable String token) {
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        return new Server(checked(url), token, http);
    }

    private static boolean isUrl(String word) {
        return word.startsWith("http://") || word.startsWith("https://");
    }

    private static UsageError noUrl(String word) {
        boolean onlyHost = MEANT_AS_URL.matcher(word).matches() && !word.contains("://");
        return new UsageError(
                "--server expects a URL, not `" + word + "`",
                onlyHost ? "--server http://" + word : "such as " + EXAMPLE);
    }

    private static String checked(String url) {
        try {
            var uri = new URI(url);
            boolean usable =
                    isUrl(url)
                            && uri.getHost() != null
                            && uri.getUserInfo() == null
                            && uri.getQuery() == null
                            && uri.getFragment() == null;
            if (usable) {
                return url.replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw noUrl(url);
    }

    private static @Nullable String token(
            Arguments given, Path folder, Map<String, String> environment) {
        String file = given.last(ServerOptions.TOKEN_FILE);
        String token = environment.getOrDefault(TOKEN_VARIABLE, "");
        if (file != null) {
            try (var lines = Files.lines(folder.resolve(file))) {
                token = lines.findFirst().orElse("");
            } catch (IOException | UncheckedIOException e) {
                throw new UsageError("the token file " + file + " cannot be read");
            }
            if (token.isBlank()) {
                throw new UsageError("the first line of the token file " + file + " is empty");
            }
        }
        token = token.strip();
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new UsageError("the token has characters that no token has");
        }
        return token.isEmpty() ? null : token;
    }

    /**
     * A request to be finished.
     *
     * @param path from the root, with its query
     */
    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.header("Accept", "application/x-ndjson, application/json, */*;q=0.1");
    }

    /**
     * The answer as it comes.
     *
     * @throws IOException where none came
     */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The page of a run. */
    String page(String run) {
        return url + "/runs/" + run;
    }

    /** What a user types behind a command to speak to this server. */
    String option() {
        return " --server " + url;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
