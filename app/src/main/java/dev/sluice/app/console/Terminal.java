package dev.sluice.app.console;

import dev.sluice.dsl.diagnostic.DiagnosticRenderer;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the command line writes: results to {@code out}, all else to {@code err}. Both are buffered
 * and have to be flushed; both are UTF-8.
 *
 * @param colour whether {@code err} takes colours
 * @param live whether {@code err} is a terminal, on which a line can be rewritten
 */
public record Terminal(PrintStream out, PrintStream err, boolean colour, boolean live) {
    /**
     * The process's own; the launcher says in {@code sluice.tty.err} whether standard error is a
     * terminal.
     */
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean live = "1".equals(System.getProperty("sluice.tty.err"));
        boolean dumb =
                "dumb".equals(environment.get("TERM"))
                        || !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                stream(FileDescriptor.out), stream(FileDescriptor.err), live && !dumb, live);
    }

    /** Renders diagnostics for {@code err}. */
    public DiagnosticRenderer renderer() {
        return colour ? DiagnosticRenderer.coloured() : DiagnosticRenderer.plain();
    }

    public Terminal withoutColour() {
        return new Terminal(out, err, false, live);
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        var file = new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16);
        return new PrintStream(file, false, StandardCharsets.UTF_8);
    }
}
