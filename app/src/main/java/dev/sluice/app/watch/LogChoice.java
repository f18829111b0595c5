package dev.sluice.app.watch;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which file an attempt prints to, and whether it still does. Reads watches, so it may block. */
final class LogChoice {
    private final Watches watches;
    private final HostedRun run;
    private final Key job;
    private final int number;

    LogChoice(Watches watches, HostedRun run, Key job, int number) {
        this.watches = watches;
        this.run = run;
        this.job = job;
        this.number = number;
    }

    /**
     * @param ruleLog which of the rule's own logs; -1 for what the attempt prints itself
     * @throws Refusal where there is none
     */
    Path file(int ruleLog) {
        return watches.of(run)
                .read(
                        folded -> {
                            AttemptView attempt = attempt(folded);
                            if (attempt == null) {
                                throw Refusal.notFound(
                                        "run "
                                                + run.id()
                                                + " has no attempt "
                                                + number
                                                + " at job "
                                                + job);
                            }
                            return ruleLog < 0 ? printed(attempt) : ofRule(attempt, ruleLog);
                        });
    }

    /** Whether all was printed that will be: by the attempt's end, or nobody looks after it. */
    boolean isOver() {
        Watch watch = watches.of(run);
        boolean runIsOver = watch.isGone() || (watch.isOver() && !watches.isActive(run));
        return runIsOver
                || watch.read(
                        folded -> {
                            AttemptView attempt = attempt(folded);
                            return attempt == null || !attempt.state().isOpen();
                        });
    }

    private @Nullable AttemptView attempt(Folded folded) {
        JobView view = folded.view().job(job);
        return view == null ? null : view.attempt(number);
    }

    /** Facts name it relative to the working folder; those of version 1 only once it is over. */
    private Path printed(AttemptView attempt) {
        return attempt.log().isEmpty()
                ? run.folder().logs().resolve(attempt.name())
                : inside(run.folder().workdir().resolve(attempt.log()));
    }

    private Path ofRule(AttemptView attempt, int which) {
        if (which >= attempt.ruleLogs().size()) {
            throw Refusal.notFound("attempt " + attempt.name() + " has no log " + which);
        }
        return inside(run.folder().workdir().resolve(attempt.ruleLogs().get(which)));
    }

    /** A workflow names its logs as it likes; only those in its own folder are shown. */
    private Path inside(Path file) {
        Path named = file.normalize();
        try {
            Path real = Files.exists(named) ? named.toRealPath() : named;
            Path home =
                    Files.exists(named)
                            ? run.folder().workdir().toRealPath()
                            : run.folder().workdir().normalize();
            if (real.startsWith(home)) {
                return named;
            }
        } catch (IOException unreadable) {
            // Not shown either.
        }
        throw Refusal.notFound("the log is not in the run's working folder");
    }
}
