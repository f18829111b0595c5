package dev.sluice.app.remote;

import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.remote.SaysStream.Line;
import dev.sluice.app.runs.Screen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One command, carried out on a server and printed here. One that follows is taken up again where
 * the connection was lost: what the server marked as told is printed once, and only once.
 */
final class Saying {
    private static final String CLEAR = "\r\033[K";

    /** What was not marked yet is kept up to here, and then printed all the same. */
    private static final int MOST_KEPT = 1 << 24;

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Server server;
    private final Backoff backoff;
    private final ServerCommand command;
    private final List<String> words;
    private final boolean follows;
    private final List<Kept> kept = new ArrayList<>();
    private int keptBytes;
    private String position = "";
    private volatile String run;

    private record Kept(boolean out, ByteArrayOutputStream bytes) {}

    /**
     * @param run the run's id; empty where the server is to find it from the words
     * @param follows whether it is taken up again
     */
    Saying(
            Terminal terminal,
            Map<String, String> environment,
            Server server,
            Backoff backoff,
            ServerCommand command,
            String run,
            List<String> words,
            boolean follows) {
        this.terminal = terminal;
        this.environment = environment;
        this.server = server;
        this.backoff = backoff;
        this.command = command;
        this.run = run;
        this.words = List.copyOf(words);
        this.follows = follows;
    }

    /** The run's id; empty while the server has not said it. From any thread. */
    String run() {
        return run;
    }

    /** The command's exit code. */
    int print() {
        int failures = 0;
        int starting = 0;
        boolean heardOf = false;
        while (true) {
            try (var stream = SaysStream.open(server, request(), backoff.silence())) {
                run = stream.run();
                heardOf = true;
                while (true) {
                    Line line = stream.next();
                    if (line instanceof Line.At || line instanceof Line.Nothing) {
                        // It got on, or has been there for a while.
                        failures = 0;
                    }
                    if (line instanceof Line.Exit(int code)) {
                        printKept();
                        return code;
                    }
                    take(line);
                }
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    return ExitCode.INTERRUPTED;
                }
                if (!heardOf
                        && e instanceof SaysStream.NotNow
                        && starting < backoff.startingTries()) {
                    starting++;
                    pause(starting);
                    continue;
                }
                if (!heardOf) {
                    throw e instanceof SaysStream.NotNow
                            ? new UsageError(Troubles.words(e), "try it in a moment")
                            : Troubles.unreached(server, e);
                }
                failures++;
                if (!follows || failures > backoff.tries()) {
                    return lost(e);
                }
                forget();
                waitFor(failures, e);
            }
        }
    }

    private HttpRequest request() {
        var path = new StringBuilder("/api/v1/");
        if (!run.isEmpty()) {
            path.append("runs/").append(encoded(run)).append('/');
        }
        path.append("says/").append(command.word());
        char before = '?';
        for (String parameter : parameters()) {
            path.append(before).append(parameter);
            before = '&';
        }
        HttpRequest.Builder request = server.request(path.toString());
        return command.steers()
                ? request.POST(HttpRequest.BodyPublishers.noBody()).build()
                : request.GET().build();
    }

    private List<String> parameters() {
        var parameters = new ArrayList<String>();
        words.forEach(word -> parameters.add("word=" + encoded(word)));
        Screen out = Screen.of(terminal, environment);
        Screen err = Screen.ofErrors(terminal, environment);
        if (out.live() || err.live()) {
            parameters.add("columns=" + (out.live() ? out.columns() : err.columns()));
            parameters.add("live=" + (!err.live() ? "out" : out.live() ? "both" : "err"));
            parameters.add("colour=" + (out.colour() || err.colour() ? 1 : 0));
        }
        if (!position.isEmpty()) {
            parameters.add("after=" + encoded(position));
        }
        parameters.add("server=" + encoded(server.url()));
        return parameters;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void take(Line line) {
        switch (line) {
            case Line.Out(var bytes) -> keep(true, bytes);
            case Line.Err(var bytes) -> keep(false, bytes);
            case Line.At(var at) -> {
                position = at;
                printKept();
            }
            case Line.Exit _, Line.Nothing _ -> {}
        }
        if (!follows || keptBytes > MOST_KEPT) {
            printKept();
        }
    }

    private void keep(boolean out, ByteBuffer bytes) {
        if (kept.isEmpty() || kept.getLast().out() != out) {
            kept.add(new Kept(out, new ByteArrayOutputStream()));
        }
        int length = bytes.remaining();
        kept.getLast().bytes().write(bytes.array(), bytes.arrayOffset(), length);
        keptBytes += length;
    }

    private void printKept() {
        for (Kept each : kept) {
            PrintStream to = each.out() ? terminal.out() : terminal.err();
            byte[] bytes = each.bytes().toByteArray();
            to.write(bytes, 0, bytes.length);
            to.flush();
        }
        forget();
    }

    private void forget() {
        kept.clear();
        keptBytes = 0;
    }

    private int lost(IOException error) {
        printKept();
        clearLine();
        Messages.error(
                terminal,
                "the connection to " + server.url() + " is lost: " + Troubles.words(error),
                run.isEmpty()
                        ? null
                        : "what runs there goes on; `sluice status "
                                + run
                                + server.option()
                                + "` says how far it is");
        return ExitCode.BAD_INPUT;
    }

    private void waitFor(int failures, IOException error) {
        if (failures == 1) {
            clearLine();
            terminal.err()
                    .println(
                            "The connection to the server is lost ("
                                    + Troubles.words(error)
                                    + "); trying again.");
            terminal.err().flush();
        }
        pause(failures);
    }

    private void pause(int attempt) {
        try {
            Thread.sleep(backoff.before(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clearLine() {
        if (terminal.live()) {
            terminal.err().print(CLEAR);
        }
    }
}
