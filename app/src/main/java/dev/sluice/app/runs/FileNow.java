package dev.sluice.app.runs;

import dev.sluice.engine.schedule.JobRecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;

/** What a file is now, against what was last written of it. */
enum FileNow {
    AS_LEFT("as its last job left it"),
    CHANGED("changed since its last job"),
    THERE("there"),
    GONE("not there");

    private final String words;

    FileNow(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Looks at the file itself. */
    static FileNow look(FileNames file, Path workdir, List<Making> newestFirst) {
        for (Making making : newestFirst) {
            Making.Job job = making.job();
            if (making.what() == Making.What.MADE && job != null) {
                return of(file, workdir, job.record(), isTouched(newestFirst, making));
            }
        }
        Path place = file.place();
        return place != null && Files.exists(place) ? THERE : GONE;
    }

    private static boolean isTouched(List<Making> newestFirst, Making made) {
        return newestFirst.subList(0, newestFirst.indexOf(made)).stream()
                .anyMatch(later -> later.what() == Making.What.TOUCHED);
    }

    private static FileNow of(FileNames file, Path workdir, JobRecord made, boolean touched) {
        for (JobRecord.Output output : made.outputs()) {
            if (file.has(output.path())) {
                return compare(workdir.resolve(output.path()), output, touched);
            }
        }
        // It lies in a folder that was made.
        Path place = file.place();
        return place != null && Files.exists(place) ? THERE : GONE;
    }

    private static FileNow compare(Path place, JobRecord.Output output, boolean touched) {
        try {
            var now = Files.readAttributes(place, BasicFileAttributes.class);
            if (now.isDirectory() || touched) {
                return THERE;
            }
            Instant modified = now.lastModifiedTime().toInstant();
            long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
            boolean same = output.size() == now.size() && output.modifiedNanos() == nanos;
            return same ? AS_LEFT : CHANGED;
        } catch (IOException gone) {
            return GONE;
        }
    }
}
