package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.inspect.ShadowFolders;
import dev.sluice.app.options.Arguments;
import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.dsl.python.ProgramWriter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the options of {@code sluice run} ask for that needs no loaded workflow. */
final class Housekeeping {
    private Housekeeping() {}

    /** The exit code, or null when nothing of the kind was asked for. */
    static @Nullable Integer withoutWorkflow(Terminal terminal, RunOptions options)
            throws IOException {
        Arguments given = options.given();
        if (given.has("unlock")) {
            int removed = removeLocksOfSnakemake(options.workdir().resolve(".snakemake/locks"));
            terminal.err()
                    .println(
                            removed > 0
                                    ? "removed " + removed + " locks that Snakemake left"
                                    : "nothing is locked: a run holds its outputs, and a dead run"
                                            + " holds nothing");
            return ExitCode.DONE;
        }
        if (given.has("cleanup-shadow")) {
            String prefix = given.last("shadow-prefix");
            Path folder = prefix == null ? options.workdir() : options.workdir().resolve(prefix);
            int removed = ShadowFolders.remove(folder);
            terminal.err()
                    .println(
                            "removed "
                                    + removed
                                    + (removed == 1 ? " shadow folder" : " shadow folders"));
            return ExitCode.DONE;
        }
        return null;
    }

    /**
     * Sluice makes none; a folder in which Snakemake ran may hold some, and {@code --unlock}
     * promises an end to them.
     */
    private static int removeLocksOfSnakemake(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        List<Path> locks;
        try (Stream<Path> files = Files.list(folder)) {
            locks = files.filter(file -> file.toString().endsWith(".lock")).toList();
        }
        for (Path lock : locks) {
            Files.deleteIfExists(lock);
        }
        return locks.size();
    }

    /**
     * {@code --print-compilation}: the Python program, or the diagnostics that stand in its way.
     */
    static int printProgram(Terminal terminal, Path snakefile) throws IOException {
        Parsed<Snakefile> parsed =
                Snakefiles.parse(snakefile.toString(), Files.readAllBytes(snakefile));
        DiagnosticRenderer renderer = terminal.renderer();
        parsed.diagnostics()
                .forEach(diagnostic -> terminal.err().print(renderer.render(diagnostic)));
        if (parsed.hasErrors()) {
            return ExitCode.BAD_INPUT;
        }
        terminal.out().print(ProgramWriter.write(parsed).text());
        return ExitCode.DONE;
    }
}
