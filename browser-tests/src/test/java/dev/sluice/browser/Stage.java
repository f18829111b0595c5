package dev.sluice.browser;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The one server and the one browser of all tests of this module. */
final class Stage implements AutoCloseable {
    private final Path folder;
    private final Chromium chromium;
    private final Served server;
    private final Workflows workflows;
    private @Nullable Gallery gallery;

    private Stage(Path folder, Chromium chromium) {
        this.folder = folder;
        this.chromium = chromium;
        this.server = Served.start(folder, "--cores", "8");
        this.workflows = new Workflows(folder);
    }

    static Stage set(Path program) {
        try {
            return new Stage(Files.createTempDirectory("sluice-browser"), Chromium.start(program));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Chromium chromium() {
        return chromium;
    }

    Served server() {
        return server;
    }

    Workflows workflows() {
        return workflows;
    }

    Gallery gallery() {
        if (gallery == null) {
            gallery = Gallery.hang(server, workflows, chromium);
        }
        return gallery;
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        workflows.openAllGates();
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
