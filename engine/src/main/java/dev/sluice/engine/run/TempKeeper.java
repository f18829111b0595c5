package dev.sluice.engine.run;

import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.schedule.Fact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Deletes temporary files once nobody needs them. The journal says so first, and is synced: after a
 * power cut a missing file must be known to be missing on purpose.
 */
final class TempKeeper {
    private final TempFiles temp = new TempFiles();
    private final Disk disk;
    private final Journal journal;
    private final FileFacts files;
    private final Announcer announcer;
    private final List<String> free = new ArrayList<>();

    TempKeeper(Disk disk, Journal journal, FileFacts files, Announcer announcer) {
        this.disk = disk;
        this.journal = journal;
        this.files = files;
        this.announcer = announcer;
    }

    void watch(Plan plan, BitSet done) {
        free.addAll(temp.watch(plan, done));
    }

    void done(int job) {
        free.addAll(temp.done(job));
    }

    boolean hasWork() {
        return !free.isEmpty();
    }

    void deleteFree() {
        if (free.isEmpty()) {
            return;
        }
        List<String> paths = List.copyOf(free);
        free.clear();
        journal.append(List.of(new Fact.TempDeleted(paths)));
        journal.sync();
        for (String path : paths) {
            announcer.note("Removing temporary output " + path + ".");
            try {
                disk.remove(path, true);
            } catch (IOException e) {
                announcer.warn("cannot delete the temporary file " + path + ": " + e.getMessage());
            }
        }
        files.forget(paths);
    }
}
