package dev.sluice.app.runs;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/** What the running jobs of a run print. */
final class OpenLogs {
    private final RunFolder run;
    private final BiConsumer<Key, byte[]> told;
    private final SequencedMap<String, Followed> followed = new LinkedHashMap<>();

    private record Followed(JobView job, AttemptView attempt, LogTail log) {}

    /**
     * @param told what a job printed, as it comes
     */
    OpenLogs(RunFolder run, BiConsumer<Key, byte[]> told) {
        this.run = run;
        this.told = told;
    }

    /** What was printed before is left to `sluice logs`. */
    void beginNow(RunView view) {
        look(view);
        followed.values().forEach(each -> each.log().fromNow());
    }

    /** Follows the jobs that run now too. */
    void look(RunView view) {
        for (JobView job : view.open()) {
            AttemptView attempt = job.lastAttempt();
            if (attempt != null && !attempt.log().isEmpty()) {
                followed.computeIfAbsent(
                        attempt.log(),
                        log -> new Followed(job, attempt, new LogTail(run.workdir().resolve(log))));
            }
        }
    }

    /** Tells what is new, and leaves the jobs that are over. */
    void tell() {
        for (var each = followed.values().iterator(); each.hasNext(); ) {
            Followed next = each.next();
            boolean open = next.attempt().state().isOpen();
            tell(next);
            if (!open) {
                each.remove();
            }
        }
    }

    /** Tells what is new of one job, before its end is told. */
    void tell(Key job) {
        followed.values().stream().filter(each -> each.job().key().equals(job)).forEach(this::tell);
    }

    private void tell(Followed each) {
        var text = new ByteArrayOutputStream();
        if (each.log().copyTo(text) > 0) {
            told.accept(each.job().key(), text.toByteArray());
        }
    }
}
