package dev.sluice.engine.run;

import dev.sluice.engine.files.FileFacts;
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
    private final Pen pen;
    private final FileFacts files;
    private final Announcer announcer;
    private final List<String> free = new ArrayList<>();

    TempKeeper(Disk disk, Pen pen, FileFacts files, Announcer announcer) {
        this.disk = disk;
        this.pen = pen;
        this.files = files;
        this.announcer = announcer;
    }

    void watch(Plan plan, BitSet done) {
        // What an earlier life of the run was about to delete may be gone, or not.
        temp.watch(plan, done).stream().filter(disk::exists).forEach(free::add);
    }

    void done(int job) {
        free.addAll(temp.done(job));
    }

    boolean hasWork() {
        return !free.isEmpty();
    }

    /** Says what is free, and deletes it as soon as that survives a power cut. */
    void deleteFree() {
        List<String> paths = say();
        if (!paths.isEmpty()) {
            pen.whenSynced(() -> delete(paths));
        }
    }

    /** The same, and waits for it: nothing comes after. */
    void deleteFreeNow() {
        List<String> paths = say();
        pen.sync();
        delete(paths);
    }

    private List<String> say() {
        List<String> paths = List.copyOf(free);
        free.clear();
        if (!paths.isEmpty()) {
            pen.write(List.of(new Fact.TempDeleted(paths)));
        }
        return paths;
    }

    private void delete(List<String> paths) {
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
