package dev.sluice.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls of the built {@code sluice}. What they print goes to files. */
final class Program {
    /** Far longer than any of them takes: whoever needs as long hangs. */
    private static final int LIMIT_SECONDS = 60;

    private Program() {}

    /** Starts it; both of its streams go to the file. */
    static Process start(Path folder, Path printed, String... words) {
        var command = new ArrayList<String>();
        command.add(dist().resolve("bin/sluice").toString());
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("SLUICE_AOT", "off");
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end, which has to be a good one; what it printed. */
    static String run(Path folder, String... words) {
        try {
            Path printed = Files.createTempFile("sluice-printed", ".txt");
            Process process = start(folder, printed, words);
            boolean over = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!over) {
                process.destroyForcibly();
            }
            String text = Files.readString(printed);
            Files.delete(printed);
            assertThat(over).as("%s ends in time; it said: %s", List.of(words), text).isTrue();
            assertThat(process.exitValue()).as("%s said: %s", List.of(words), text).isZero();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path dist() {
        return Path.of(System.getProperty("sluice.dist.dir", "../app/target/dist"))
                .toAbsolutePath();
    }
}
