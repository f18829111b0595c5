package dev.sluice.app.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Reads an event stream on a thread of its own, as a browser does. */
final class SseReader implements AutoCloseable {
    private final HttpResponse<java.io.InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Consumer<Event> told;
    private volatile boolean ended;
    private volatile boolean broken;

    record Event(String name, String id, String data) {}

    private SseReader(HttpResponse<java.io.InputStream> response, Consumer<Event> told) {
        this.response = response;
        this.told = told;
    }

    static SseReader open(HttpClient client, String url, String... headers) {
        return open(client, url, _ -> {}, headers);
    }

    static SseReader open(HttpClient client, String url, Consumer<Event> told, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var reader =
                    new SseReader(
                            client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()),
                            told);
            Thread.ofVirtual().start(reader::read);
            return reader;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int status() {
        return response.statusCode();
    }

    List<Event> events() {
        return events;
    }

    List<String> names() {
        return events.stream().map(Event::name).toList();
    }

    boolean ended() {
        return ended;
    }

    /** Cut off in the middle instead of ended. */
    boolean broken() {
        return broken;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException closed) {
            // It was closing anyway.
        }
    }

    private void read() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            String id = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !name.isEmpty()) {
                    var event = new Event(name, id, data);
                    told.accept(event);
                    events.add(event);
                    name = "";
                    id = "";
                }
            }
        } catch (IOException e) {
            broken = true;
        }
        ended = true;
    }
}
