package dev.sluice.engine.python;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The CPython process. Its stdin and stdout are the conversation; its stderr is ours, or a file.
 */
final class HelperProcess {
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private final Process process;

    /** A Snakefile that sleeps would not notice that nobody listens any more. */
    private final Thread endWithUs;

    private HelperProcess(Process process) {
        this.process = process;
        this.endWithUs = new Thread(process::destroyForcibly, "end of the helper");
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    static HelperProcess start(LoadSettings settings) throws IOException {
        String program = settings.pythonDir().resolve("sluice_helper").toString();
        Path printed = settings.printed();
        return new HelperProcess(
                new ProcessBuilder(settings.python(), "-u", program)
                        .directory(settings.workdir().toFile())
                        .redirectError(
                                printed == null
                                        ? ProcessBuilder.Redirect.INHERIT
                                        : ProcessBuilder.Redirect.appendTo(printed.toFile()))
                        .start());
    }

    Frames frames() {
        return new Frames(process.getInputStream(), process.getOutputStream());
    }

    long pid() {
        return process.pid();
    }

    /**
     * Ends the process unless the guard is closed in time; whoever waits for an answer then learns
     * that it is gone.
     */
    Guard guard(Duration patience) {
        return new Guard(process, patience);
    }

    void kill() {
        process.destroyForcibly();
    }

    /** A signal to our process no longer ends the helper: the caller will. */
    void spareAtShutdown() {
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException shuttingDown) {
            // Too late to be spared.
        }
    }

    /** How it ended, in words. */
    String ending() {
        try {
            if (!process.waitFor(PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
                return "it closed its end of the conversation but still runs as process "
                        + process.pid();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was being waited for";
        }
        int status = process.exitValue();
        return status > 128
                ? "signal " + (status - 128) + " ended it"
                : "it ended with status " + status;
    }

    /** Closes our end, at which the helper ends; one that does not is killed. */
    void close() {
        spareAtShutdown();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
            return;
        }
        try {
            if (!process.waitFor(PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** A watch over one wait. */
    static final class Guard implements AutoCloseable {
        private final Thread thread;
        private volatile boolean fired;

        private Guard(Process process, Duration patience) {
            this.thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("helper-guard")
                            .start(
                                    () -> {
                                        try {
                                            Thread.sleep(patience);
                                            fired = true;
                                            process.destroyForcibly();
                                        } catch (InterruptedException e) {
                                            // The answer came in time.
                                            Thread.currentThread().interrupt();
                                        }
                                    });
        }

        boolean fired() {
            return fired;
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
