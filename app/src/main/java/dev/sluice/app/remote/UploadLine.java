package dev.sluice.app.remote;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.runs.Sizes;

import java.util.function.LongConsumer;

/** How far an upload is: one line that is rewritten, on a terminal only. */
final class UploadLine implements LongConsumer {
    private static final String CLEAR = "\r\033[K";
    private static final long PAUSE_NANOS = 100_000_000;

    private final Terminal terminal;
    private final long bytes;
    private long drawnNanos = System.nanoTime() - PAUSE_NANOS;
    private boolean over;

    UploadLine(Terminal terminal, long bytes) {
        this.terminal = terminal;
        this.bytes = bytes;
    }

    @Override
    public synchronized void accept(long sent) {
        long now = System.nanoTime();
        if (!terminal.live() || over || now - drawnNanos < PAUSE_NANOS) {
            return;
        }
        drawnNanos = now;
        long part = bytes == 0 ? 100 : Math.min(100, 100 * sent / bytes);
        terminal.err()
                .print(
                        CLEAR
                                + "Sending "
                                + Sizes.text(sent)
                                + " of "
                                + Sizes.text(bytes)
                                + " ("
                                + part
                                + "%)");
        terminal.err().flush();
    }

    /** Nothing is drawn from here on. */
    synchronized void end() {
        if (terminal.live() && !over) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
        }
        over = true;
    }
}
