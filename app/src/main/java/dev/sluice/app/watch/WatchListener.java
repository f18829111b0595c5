package dev.sluice.app.watch;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.Entry;

import java.util.List;

/**
 * Is told what becomes of runs, always on the watches' one thread, so that it has to be quick. What
 * it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface WatchListener {
    /**
     * After a look at a run that brought something: facts, a plan, another standing; and after the
     * first look.
     *
     * @param folded what is known now, with {@code news} in it; not to be kept
     * @param news the facts that were written since this server began and were not told before:
     *     each is told once in the server's life. What a journal held when the server began is
     *     folded and never told, so that nobody counts it again.
     */
    void folded(HostedRun run, Folded folded, List<Entry> news);
}
