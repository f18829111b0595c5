package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.ProcessSignals;
import dev.sluice.app.console.Terminal;
import dev.sluice.engine.run.RunLoop;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What signals mean to a run. Ctrl-C: start nothing more and wait for what runs; a second one stops
 * that too; a third leaves it. SIGTERM stops what runs. SIGHUP, a terminal that is gone, leaves it
 * running: the next engine adopts it. Nothing happens after {@link #close}.
 */
final class StopOnSignal implements Surroundings.Guard {
    private final Terminal terminal;
    private final RunLoop loop;
    private final boolean leaveOnInterrupt;
    private final ProcessSignals signals = new ProcessSignals();
    private final AtomicInteger interrupts = new AtomicInteger();
    private final AtomicInteger code = new AtomicInteger();

    /**
     * @param leaveOnInterrupt {@code --detach-on-interrupt}: Ctrl-C leaves what runs
     */
    StopOnSignal(Terminal terminal, RunLoop loop, boolean leaveOnInterrupt) {
        this.terminal = terminal;
        this.loop = loop;
        this.leaveOnInterrupt = leaveOnInterrupt;
        signals.on("INT", this::interrupt);
        signals.on("TERM", this::terminate);
        signals.on("HUP", this::hangUp);
    }

    private void interrupt() {
        code.set(ExitCode.INTERRUPTED);
        int times = interrupts.incrementAndGet();
        if (leaveOnInterrupt || times > 2) {
            say("leaving what runs to the next engine...");
            loop.leave();
        } else if (times == 1) {
            say("no new jobs start; waiting for those that run (Ctrl-C again stops them)...");
            loop.stop(false);
        } else {
            say("stopping the running jobs...");
            loop.stop(true);
        }
    }

    private void terminate() {
        code.set(ExitCode.TERMINATED);
        say("stopping the running jobs...");
        loop.stop(true);
    }

    private void hangUp() {
        code.set(ExitCode.HUNG_UP);
        loop.leave();
    }

    private void say(String text) {
        terminal.err().println((terminal.live() ? "\n" : "") + text);
        terminal.err().flush();
    }

    @Override
    public int code(int otherwise) {
        return code.get() == 0 ? otherwise : code.get();
    }

    @Override
    public void close() {
        signals.close();
    }
}
