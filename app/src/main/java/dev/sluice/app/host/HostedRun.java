package dev.sluice.app.host;

import dev.sluice.engine.journal.RunFolder;

import java.nio.file.Path;

/**
 * A run of the server and where it lies. Says nothing of how it goes: its journal does.
 *
 * @param home its folder below the server's data folder
 */
public record HostedRun(Submission submission, Path home) {
    public String id() {
        return submission.id();
    }

    /** Where the workflow lies and works. */
    public Path workdir() {
        return home.resolve("work");
    }

    /** There once an engine began with it; elsewhere where the Snakefile has its own workdir. */
    public RunFolder folder() {
        return new RunFolder(WorksIn.read(home, workdir()), id());
    }

    /** What its engines printed, one after the other. */
    public Path engineLog() {
        return home.resolve("engine.log");
    }
}
