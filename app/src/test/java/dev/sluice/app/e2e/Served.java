package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server: the built program, on a port of its own, and what a client without a CLI sends it. */
final class Served implements AutoCloseable {
    private static final Pattern WELCOME = Pattern.compile("Sluice serves on (\\S+) ");
    private static final String BOUNDARY = "the-boundary";

    private final Command.Running running;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private Served(Command.Running running, String url) {
        this.running = running;
        this.url = url;
    }

    /** Returns when it answers. */
    static Served in(Path data, String... options) {
        List<String> words = new ArrayList<>(List.of("serve", "--port", "0", "--cores", "2"));
        words.addAll(List.of("--data", data.toString()));
        words.addAll(List.of(options));
        Path folder = data.resolve("..").toAbsolutePath().normalize();
        Command.Running running =
                Command.of("sluice", folder, words.toArray(String[]::new)).start();
        var url = new AtomicReference<>("");
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            var welcome = WELCOME.matcher(running.errSoFar());
                            if (!running.process().isAlive()) {
                                throw new IllegalStateException(running.errSoFar());
                            }
                            if (welcome.find()) {
                                url.set(welcome.group(1));
                            }
                            return !url.get().isEmpty();
                        });
        return new Served(running, url.get());
    }

    String url() {
        return url;
    }

    /** What it said so far on its standard error. */
    String said() {
        return running.errSoFar();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> send(
            String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A bundle as a form of a browser has it. */
    HttpResponse<String> upload(byte[] bundle, String name, String words, String... headers) {
        var form = new ByteArrayOutputStream();
        part(form, "name=\"words\"", words.getBytes(StandardCharsets.UTF_8));
        part(form, "name=\"bundle\"; filename=\"" + name + "\"", bundle);
        form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        String[] all =
                Stream.concat(
                                Stream.of(
                                        "Content-Type",
                                        "multipart/form-data; boundary=" + BOUNDARY),
                                Stream.of(headers))
                        .toArray(String[]::new);
        return send(
                "POST",
                "/api/v1/runs",
                HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()),
                all);
    }

    private static void part(ByteArrayOutputStream form, String disposition, byte[] content) {
        String head =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
        form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until a run of it has ended so. */
    void awaitState(String run, String state) {
        awaitStateAs(run, state);
    }

    /**
     * The same, where it wants to know who asks.
     *
     * @param headers names and values
     */
    void awaitStateAs(String run, String state, String... headers) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(get("/api/v1/runs/" + run, headers).body())
                                        .contains("\"state\":\"" + state + "\""));
    }

    /** As a crash of it. */
    void kill() {
        running.process().destroyForcibly();
        running.end();
    }

    /** Asks it to end, as whoever looks after services does; how it ended. */
    Ended terminate() {
        running.signal("TERM");
        return running.end();
    }

    @Override
    public void close() {
        if (running.process().isAlive()) {
            terminate();
        }
    }

    /** The names of what lies in a folder, and below. */
    static List<String> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
