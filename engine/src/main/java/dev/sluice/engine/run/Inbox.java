package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.JournalFailure;
import dev.sluice.engine.journal.Syncer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where everybody else leaves words for the run's thread. */
final class Inbox implements Executor.Listener {
    /** What can be said to a run. */
    sealed interface Word {
        record Heard(List<AttemptReport> reports) implements Word {}

        record Stop(boolean now) implements Word {}

        record Leave() implements Word {}

        record Synced(long offset) implements Word {}

        record NotSynced(JournalFailure why) implements Word {}
    }

    private final LinkedBlockingQueue<Word> words = new LinkedBlockingQueue<>();

    @Override
    public void heard(List<AttemptReport> reports) {
        words.add(new Word.Heard(reports));
    }

    void stop(boolean now) {
        words.add(new Word.Stop(now));
    }

    void leave() {
        words.add(new Word.Leave());
    }

    void synced(Syncer.Word word) {
        words.add(
                switch (word) {
                    case Syncer.Word.SyncedTo(long offset) -> new Word.Synced(offset);
                    case Syncer.Word.Failed(JournalFailure why) -> new Word.NotSynced(why);
                });
    }

    /** All that is there; waits for the first word, but not longer than {@code millis}. */
    List<Word> take(long millis) {
        List<Word> taken = new ArrayList<>();
        try {
            Word first = words.poll(millis, TimeUnit.MILLISECONDS);
            if (first != null) {
                taken.add(first);
                words.drainTo(taken);
            }
        } catch (InterruptedException e) {
            taken.add(new Word.Stop(true));
        }
        return taken;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }
}
