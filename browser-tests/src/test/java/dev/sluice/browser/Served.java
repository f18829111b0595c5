package dev.sluice.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of the built program, with a data folder of its own; ended, and its data deleted. */
final class Served implements AutoCloseable {
    private static final Pattern SAID = Pattern.compile("Sluice serves on (http://\\S+:([0-9]+))");
    private static final Pattern RUN = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9]{3}(-[0-9]+)?");

    private final Path folder;
    private final String[] options;
    private final Path printed;
    private Process process;
    private String url = "";
    private String port = "0";

    private Served(Path folder, String... options) {
        this.folder = folder;
        this.options = options.clone();
        this.printed = folder.resolve("server.txt");
        this.process = start();
    }

    /**
     * @param options of {@code sluice serve}, besides port and data
     */
    static Served start(Path folder, String... options) {
        return new Served(folder, options);
    }

    String url() {
        return url;
    }

    /** Where things of this server may be put that are not its own. */
    Path folder() {
        return folder;
    }

    /** The working folder of a run, which only tests look into. */
    Path work(String run) {
        return folder.resolve("data/runs").resolve(run).resolve("work");
    }

    /** Submits a workflow by the command line; the run's id. */
    String submit(Path workflow, String... more) {
        String[] words =
                Stream.concat(
                                Stream.of("submit", workflow.toString(), "--server", url),
                                Stream.of(more))
                        .toArray(String[]::new);
        String printedLines = Program.run(folder, words);
        Matcher matcher = RUN.matcher(printedLines);
        if (!matcher.find()) {
            throw new AssertionError("no run is named in: " + printedLines);
        }
        return matcher.group();
    }

    /** Ends it as a power cut does. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again on the same port with the same data. */
    void startAgain() {
        process = start();
    }

    private Process start() {
        try {
            Files.deleteIfExists(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] words =
                Stream.concat(
                                Stream.of("serve", "--port", port, "--data", "data"),
                                Stream.of(options))
                        .toArray(String[]::new);
        Process started = Program.start(folder, printed, words);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> !started.isAlive() || SAID.matcher(text()).find());
        Matcher said = SAID.matcher(text());
        if (!said.find()) {
            throw new AssertionError("the server did not start: " + text());
        }
        url = said.group(1);
        port = said.group(2);
        return started;
    }

    private String text() {
        try {
            return Files.exists(printed) ? Files.readString(printed) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
