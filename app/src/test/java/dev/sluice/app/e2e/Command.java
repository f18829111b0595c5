package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One call of the built program. Its output goes to files outside its folder, so that nothing has
 * to be read while it runs.
 */
final class Command {
    /** Far longer than any of them takes: whoever needs as long hangs. */
    private static final int LIMIT_SECONDS = 120;

    private static final List<String> CONTROLLER = List.of("serve", "submit");

    private final List<String> words = new ArrayList<>();
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Command(Path folder) {
        this.folder = folder;
    }

    static Command of(String program, Path folder, String... words) {
        Command command = in(dist(), program, folder, words);
        Path cache = StartCache.folder();
        // The controller's class path has a cache of its own, which nobody made.
        boolean controller = words.length > 0 && CONTROLLER.contains(words[0]);
        return cache == null || controller
                ? command
                : command.with("SLUICE_CACHE", cache.toString()).with("SLUICE_AOT", "on");
    }

    /** The program of another unpacked archive. */
    static Command in(Path dist, String program, Path folder, String... words) {
        var command = new Command(folder);
        command.words.add(dist.resolve("bin").resolve(program).toString());
        command.words.addAll(List.of(words));
        command.environment.put("SLUICE_AOT", "off");
        return command;
    }

    static Path dist() {
        return Path.of(System.getProperty("sluice.dist.dir", "target/dist")).toAbsolutePath();
    }

    Command with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** More words. */
    Command and(String... more) {
        words.addAll(List.of(more));
        return this;
    }

    /** As if it stood on a machine of that name, on which no process of another can be seen. */
    Command onHost(String name, String... options) {
        String all = "-Dsluice.host=" + name + " " + String.join(" ", options);
        return with("SLUICE_JAVA_OPTS", all.strip());
    }

    Ended end() {
        return start().end();
    }

    Running start() {
        try {
            Path out = Files.createTempFile("sluice-out", ".txt");
            Path err = Files.createTempFile("sluice-err", ".txt");
            var builder = new ProcessBuilder(words).directory(folder.toFile());
            builder.environment().putAll(environment);
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call that was started. */
    record Running(Process process, Path out, Path err) {

        /** Sends it a signal by name, such as {@code INT}. */
        void signal(String name) {
            try {
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        String errSoFar() {
            return text(err);
        }

        Ended end() {
            try {
                boolean over = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
                if (!over) {
                    process.destroyForcibly();
                }
                assertThat(over).as("ends in time; it said:\n%s", text(err)).isTrue();
                var ended = new Ended(process.exitValue(), text(out), text(err));
                Files.delete(out);
                Files.delete(err);
                return ended;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
