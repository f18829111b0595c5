package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.engine.journal.JournalUnreadable;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.function.IntSupplier;

/** Runs a command so that no error leaves it as an exception: each is said, and is an exit code. */
public final class Guarded {
    private Guarded() {}

    /**
     * The command's exit code, or that of its error.
     *
     * @param verbose whether errors show where they came from
     */
    public static int run(Terminal terminal, boolean verbose, IntSupplier command) {
        try {
            return command.getAsInt();
        } catch (UsageError e) {
            Messages.error(terminal, e.text(), e.hint());
            return ExitCode.BAD_INPUT;
        } catch (JournalUnreadable e) {
            Messages.error(
                    terminal,
                    String.valueOf(e.getMessage()),
                    "`sluice journal check` looks at all runs; a command can be told which one is"
                            + " meant");
            return ExitCode.BAD_INPUT;
        } catch (UncheckedIOException e) {
            files(terminal, e, verbose);
            return ExitCode.BAD_INPUT;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            bug(terminal, e, verbose);
            return ExitCode.BUG;
        }
    }

    /**
     * The same for an engine in a server: what may pass by itself, such as a full disk, is no fault
     * of the workflow's, and the engine is tried again.
     */
    static int inServer(Terminal terminal, IntSupplier command) {
        return run(
                terminal,
                false,
                () -> {
                    try {
                        return command.getAsInt();
                    } catch (UncheckedIOException e) {
                        files(terminal, e, false);
                        return mayPass(e) ? ExitCode.JOB_FAILED : ExitCode.BAD_INPUT;
                    }
                });
    }

    private static boolean mayPass(UncheckedIOException error) {
        IOException cause = error.getCause();
        return !(cause instanceof AccessDeniedException
                || cause instanceof NoSuchFileException
                || cause instanceof FileAlreadyExistsException);
    }

    /** The machine refused something: a folder without permission, a full disk. */
    private static void files(Terminal terminal, UncheckedIOException error, boolean verbose) {
        @Nullable IOException cause = error.getCause();
        String words =
                switch (cause) {
                    case AccessDeniedException denied -> "permission denied: " + denied.getFile();
                    case NoSuchFileException absent -> "no such file: " + absent.getFile();
                    case FileAlreadyExistsException other ->
                            "a file is in the way: " + other.getFile();
                    case null -> String.valueOf(error.getMessage());
                    default -> String.valueOf(cause.getMessage());
                };
        Messages.error(terminal, words, null);
        if (verbose) {
            error.printStackTrace(terminal.err());
        }
    }

    private static void bug(Terminal terminal, Throwable error, boolean verbose) {
        Messages.error(
                terminal,
                "this is a bug in Sluice: " + error,
                verbose ? null : "please report it, with what `--verbose` adds");
        if (verbose) {
            error.printStackTrace(terminal.err());
        }
    }
}
