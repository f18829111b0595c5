package dev.sluice.app.cli;

import dev.sluice.app.console.Terminal;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.run.JobFailure;
import dev.sluice.engine.run.JobInfo;
import dev.sluice.engine.run.RunListener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code --show-failed-logs}: prints the log files of jobs that failed, whole. */
final class FailedLogs implements RunListener {
    private final Terminal terminal;
    private final Path folder;

    FailedLogs(Terminal terminal, Path folder) {
        this.terminal = terminal;
        this.folder = folder;
    }

    @Override
    public void jobFailed(JobInfo job, JobFailure failure) {
        for (JobFile log : job.job().log().items()) {
            Path file = folder.resolve(log.path());
            if (!Files.isRegularFile(file)) {
                continue;
            }
            terminal.err().println("Logfile " + log.path() + ":");
            try {
                byte[] text = Files.readAllBytes(file);
                terminal.err().write(text, 0, text.length);
            } catch (IOException e) {
                terminal.err().println("cannot be read: " + e.getMessage());
            }
            terminal.err().println();
        }
        terminal.err().flush();
    }
}
