package dev.sluice.app.runs;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/** What the running jobs of a run print. */
final class OpenLogs {
    private final RunFolder run;
    private final BiConsumer<Key, byte[]> told;
    private final SequencedMap<Key, Followed> followed = new LinkedHashMap<>();

    private record Followed(AttemptView attempt, LogTail log) {}

    /**
     * @param told what a job printed, as it comes
     */
    OpenLogs(RunFolder run, BiConsumer<Key, byte[]> told) {
        this.run = run;
        this.told = told;
    }

    /** What was printed before is left to `sluice logs`. */
    void beginNow(RunView view) {
        view.open().forEach(this::follow);
        followed.values().forEach(each -> each.log().fromNow());
    }

    /** What was printed behind these offsets is told, and of other attempts what is printed now. */
    void takeUp(RunView view, SequencedMap<String, Long> offsets) {
        view.open().forEach(this::follow);
        for (Followed each : followed.values()) {
            Long offset = offsets.get(each.attempt().name());
            if (offset == null) {
                each.log().fromNow();
            } else {
                each.log().from(offset);
            }
        }
    }

    /** How much of each log was told, by the name of the attempt. */
    SequencedMap<String, Long> offsets() {
        var offsets = new LinkedHashMap<String, Long>();
        for (Followed each : followed.values()) {
            offsets.put(each.attempt().name(), each.log().offset());
        }
        return offsets;
    }

    /** Follows the job's newest attempt too. */
    void follow(@Nullable JobView job) {
        AttemptView attempt = job == null ? null : job.lastAttempt();
        if (job != null && attempt != null && !attempt.log().isEmpty()) {
            tell(job.key());
            followed.put(job.key(), new Followed(attempt, LogTail.of(run, attempt)));
        }
    }

    /** Tells what is new, and leaves the jobs that are over. */
    void tell() {
        for (var each = followed.entrySet().iterator(); each.hasNext(); ) {
            var next = each.next();
            boolean open = next.getValue().attempt().state().isOpen();
            tell(next.getKey(), next.getValue());
            if (!open) {
                each.remove();
            }
        }
    }

    /** Tells what is new of one job. */
    void tell(Key job) {
        Followed known = followed.get(job);
        if (known != null) {
            tell(job, known);
        }
    }

    private void tell(Key job, Followed followed) {
        var text = new ByteArrayOutputStream();
        if (followed.log().copyTo(text) > 0) {
            told.accept(job, text.toByteArray());
        }
    }
}
