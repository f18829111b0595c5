package dev.sluice.app.cli;

import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.engine.python.PythonHelper;
import dev.sluice.engine.run.RunLoop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and a request to end into a stop of the run: its jobs are stopped, and how far it
 * came is written down, before the process ends. The virtual machine itself then answers 130 or
 * 143. Nothing happens after {@link #close}.
 */
final class StopOnSignal implements AutoCloseable {
    /** Longer than the grace that jobs have before they are killed. */
    private static final long PATIENCE_SECONDS = 20;

    private final Terminal terminal;
    private final RunLoop loop;
    private final PythonHelper helper;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop on signal");

    StopOnSignal(Terminal terminal, RunLoop loop, PythonHelper helper) {
        this.terminal = terminal;
        this.loop = loop;
        this.helper = helper;
        helper.spareAtShutdown();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        terminal.err().println("\nstopping the running jobs...");
        terminal.err().flush();
        loop.stop(true);
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Messages.warning(terminal, "some jobs did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        helper.stop();
        terminal.flush();
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The hook is at work: the process ends as soon as it is done.
        }
    }
}
