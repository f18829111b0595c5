package dev.sluice.executor.local;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the local executor works.
 *
 * @param workdir the run's working folder, where processes start
 * @param runFolder what the run keeps of itself; its folder {@code logs} stands already
 * @param pythonFolder holds {@code sluice_supervisor}
 * @param python the interpreter for the supervisor
 * @param runServer how to start the server for {@code run:} blocks; asked before the first of them
 */
public record LocalSettings(
        Path workdir,
        Path runFolder,
        Path pythonFolder,
        String python,
        Supplier<List<String>> runServer) {}
