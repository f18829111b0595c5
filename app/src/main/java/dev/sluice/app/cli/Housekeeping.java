package dev.sluice.app.cli;

import dev.sluice.app.inspect.ShadowFolders;
import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.dsl.python.ProgramWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the options of {@code sluice run} ask for that needs no loaded workflow. */
final class Housekeeping {
    private Housekeeping() {}

    /** The exit code, or null when nothing of the kind was asked for. */
    static @Nullable Integer withoutWorkflow(Terminal terminal, RunOptions options) throws IOException {
        Arguments given = options.given();
        if (given.has("unlock")) {
            terminal.err().println("nothing is locked: a run holds its outputs, and a dead run holds nothing");
            return ExitCode.DONE;
        }
        if (given.has("cleanup-shadow")) {
            String prefix = given.last("shadow-prefix");
            Path folder = prefix == null ? options.workdir() : options.workdir().resolve(prefix);
            int removed = ShadowFolders.remove(folder);
            terminal.err().println("removed " + removed + (removed == 1 ? " shadow folder" : " shadow folders"));
            return ExitCode.DONE;
        }
        return null;
    }

    /** {@code --print-compilation}: the Python program, or the diagnostics that stand in its way. */
    static int printProgram(Terminal terminal, Path snakefile) throws IOException {
        Parsed<Snakefile> parsed = Snakefiles.parse(snakefile.toString(), Files.readAllBytes(snakefile));
        var renderer = terminal.colour() ? DiagnosticRenderer.coloured() : DiagnosticRenderer.plain();
        parsed.diagnostics().forEach(diagnostic -> terminal.err().print(renderer.render(diagnostic)));
        if (parsed.hasErrors()) {
            return ExitCode.BAD_INPUT;
        }
        terminal.out().print(ProgramWriter.write(parsed).text());
        return ExitCode.DONE;
    }
}
