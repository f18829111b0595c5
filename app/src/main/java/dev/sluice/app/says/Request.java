package dev.sluice.app.says;

import dev.sluice.app.access.Principal;
import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.runs.AskedFrom;
import dev.sluice.app.runs.Screen;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a client asks.
 *
 * @param pinned the run in the path; null where the words say which one is meant
 * @param after a position that an earlier answer named; empty: from the beginning
 * @param server by which URL the client reaches this server; empty where it does not say
 * @param out whether the client's standard output is a terminal
 * @param err whether its standard error is one
 */
record Request(
        ServerCommand command,
        Principal principal,
        @Nullable String pinned,
        List<String> words,
        String after,
        String server,
        int columns,
        boolean out,
        boolean err,
        boolean colour) {
    private static final int MOST_COLUMNS = 10_000;

    /** As it can be typed without quotes. */
    private static final Pattern SERVER =
            Pattern.compile("https?://[A-Za-z0-9._:/%~\\[\\]-]{1,500}");

    static Request of(HttpServerRequest http, @Nullable String run, String command) {
        ServerCommand asked = ServerCommand.named(command);
        if (asked == null || (run != null && asked == ServerCommand.RUNS)) {
            throw new Refusal(
                    404,
                    "No such command",
                    "there is no command `" + command + "` here",
                    "these can be asked: " + String.join(", ", ServerCommand.words()));
        }
        MultiMap query = http.params();
        String live = given(query, "live", "both");
        int columns = columns(query.get("columns"));
        String name = http.getHeader(Principal.HEADER);
        return new Request(
                asked,
                new Principal(name == null || name.isBlank() ? "local" : name),
                run,
                List.copyOf(query.getAll("word")),
                given(query, "after", ""),
                server(query),
                columns,
                columns > 0 && (live.equals("both") || live.equals("out")),
                columns > 0 && (live.equals("both") || live.equals("err")),
                "1".equals(query.get("colour")));
    }

    private static String given(MultiMap query, String name, String otherwise) {
        String value = query.get(name);
        return value == null ? otherwise : value;
    }

    private static String server(MultiMap query) {
        String url = given(query, "server", "");
        if (!url.isEmpty() && !SERVER.matcher(url).matches()) {
            throw Refusal.words("`server` is the URL of this server", null);
        }
        return url;
    }

    /** Where whoever reads the answer stands. */
    AskedFrom from(String run, boolean atWork) {
        return new AskedFrom(server.isEmpty() ? "" : " --server " + server, run, atWork);
    }

    private static int columns(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MOST_COLUMNS) {
            throw Refusal.words("`columns` is the width of a terminal, not `" + text + "`", null);
        }
        return Integer.parseInt(text);
    }

    /** The server's environment, and the client's terminal in it. */
    Map<String, String> environment(Map<String, String> server) {
        var environment = new LinkedHashMap<>(server);
        environment.put(Screen.TTY_OUT, out ? "1" : "0");
        environment.put("COLUMNS", String.valueOf(columns));
        environment.put("TERM", "xterm");
        environment.put("NO_COLOR", colour ? "" : "1");
        return environment;
    }
}
