package dev.sluice.app.remote;

import dev.sluice.app.console.Terminal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Following a run of a server until it ends, or whoever looks has seen enough. */
final class Watching {
    private Watching() {}

    /**
     * Follows; one who interrupts it is told that the run goes on.
     *
     * @param run its id, empty while it is not known
     */
    static int untilSignal(
            Terminal terminal, Server server, Supplier<String> run, IntSupplier following) {
        var over = new AtomicBoolean();
        var hook =
                new Thread(
                        () -> {
                            if (!over.get()) {
                                sayThatItGoesOn(terminal, server, run.get());
                            }
                        },
                        "detach on signal");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return following.getAsInt();
        } finally {
            over.set(true);
            remove(hook);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // It is at work, and finds that all is over.
        }
    }

    static void sayThatItGoesOn(Terminal terminal, Server server, String run) {
        if (run.isEmpty()) {
            return;
        }
        terminal.err().println();
        terminal.err()
                .println(
                        "The run goes on; `sluice attach "
                                + run
                                + server.option()
                                + "` follows it again, `sluice cancel "
                                + run
                                + server.option()
                                + "` stops it.");
        terminal.err().flush();
    }
}
