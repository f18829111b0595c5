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
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built program as a server on a port of its own; started, killed, and asked over HTTP. */
final class ServeProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("serves on (http://\\S+)");
    private static final Pattern RUN = Pattern.compile("\"run\" ?: ?\"([^\"]+)\"");
    private static final String BOUNDARY = "------------------------sluice-test";

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    private final Command.Running process;
    private final URI address;

    private ServeProcess(Command.Running process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Returns once it listens.
     *
     * @param folder where the command is given
     */
    static ServeProcess start(Path folder, Path data, int cores) {
        Command.Running process =
                Command.of(
                                "sluice",
                                folder,
                                "serve",
                                "--port",
                                "0",
                                "--data",
                                data.toString(),
                                "--cores",
                                Integer.toString(cores))
                        .with("SLUICE_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                        .start();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                ADDRESS.matcher(process.errSoFar()).find()
                                        || !process.process().isAlive());
        Matcher found = ADDRESS.matcher(process.errSoFar());
        assertThat(found.find()).as("listens; it said:\n%s", process.errSoFar()).isTrue();
        return new ServeProcess(process, URI.create(found.group(1)));
    }

    URI address() {
        return address;
    }

    boolean isAlive() {
        return process.process().isAlive();
    }

    String said() {
        return process.errSoFar();
    }

    /** It hears nothing of it; its processes live on. */
    void kill() {
        process.process().destroyForcibly();
        awaitEnd();
    }

    /** The exit code. */
    int end() {
        process.signal("TERM");
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            return process.process().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Submits a workflow of one Snakefile; the run's id. */
    String submit(String snakefile) {
        HttpResponse<String> answer = send(submission(snakefile));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        Matcher run = RUN.matcher(answer.body());
        assertThat(run.find()).isTrue();
        return run.group(1);
    }

    private HttpRequest submission(String snakefile) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(partHead().getBytes(StandardCharsets.UTF_8));
        body.writeBytes(snakefile.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return request("/api/v1/runs")
                .header("Content-Type", formType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
    }

    static String formType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /** What stands in a form before the text of a Snakefile. */
    static String partHead() {
        return "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"Snakefile\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
    }

    String get(String path) {
        HttpResponse<String> answer = send(request(path).GET().build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The state of a run as the list of runs says it. */
    String stateOf(String run) {
        return field(get("/api/v1/runs/" + run), "state");
    }

    /** What the list of runs, which the catalogue answers, says of one; empty where nothing. */
    String row(String run) {
        String rows = get("/api/v1/runs?limit=100");
        int begin = rows.indexOf("\"" + run + "\"");
        if (begin < 0) {
            return "";
        }
        int next = rows.indexOf("{\"run\"", begin);
        return rows.substring(begin, next < 0 ? rows.length() : next);
    }

    /** A field that is a text or a number. */
    static String field(String json, String name) {
        Matcher found =
                Pattern.compile("\"" + name + "\" ?: ?(?:\"([^\"]*)\"|([0-9]+))").matcher(json);
        assertThat(found.find()).as("%s in %s", name, json).isTrue();
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
