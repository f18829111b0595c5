package dev.sluice.engine.execute;

import java.util.List;

/** What a process does. */
public sealed interface Work {
    /** Runs a program. */
    record Command(List<String> argv) implements Work {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /**
     * Runs a {@code run:} block in a fork of the parsed Snakefile; {@code request} is JSON for the
     * run server.
     */
    record PythonRun(String request) implements Work {}
}
