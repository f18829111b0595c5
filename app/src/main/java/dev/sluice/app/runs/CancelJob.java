package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.CancelReport.Result;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.Life;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/**
 * Cancels one job of a run, with the jobs that it goes together with. One that has not been started
 * is known to the plan alone, so that the workflow is planned to find it.
 */
final class CancelJob {
    private final RunFolder run;
    private final Asked asked;
    private final String word;
    private final ExplainWorkflow.Opener opener;
    private final JobChoice choice;
    private final CancelWait wait;

    CancelJob(
            RunFolder run,
            Asked asked,
            String word,
            ExplainWorkflow.Opener opener,
            Telling telling) {
        this.run = run;
        this.asked = asked;
        this.word = word;
        this.opener = opener;
        choice = new JobChoice(asked.workdir(), asked.folder(), word);
        wait = new CancelWait(run, telling);
    }

    /**
     * What is to be cancelled.
     *
     * @param job its key
     * @param task that of the jobs that it goes together with
     */
    private record Meant(Key job, Key task, String name) {}

    CancelReport cancel(Duration patience) throws IOException {
        JobChoice.Chosen chosen = choice.in(wait.view());
        if (chosen == null) {
            return wait.standing().mayGoOn() ? ask(planned(), patience) : notStarted();
        }
        JobView job = chosen.job();
        String name = JobChoice.selector(job);
        AttemptView attempt = job.lastAttempt();
        if (attempt == null || isOver(job.state())) {
            return report(job, job.key(), Result.ALREADY_ENDED, name + " has ended already");
        }
        if (!wait.standing().mayGoOn()) {
            throw new UsageError(
                    "run " + run.id() + " is not running: nobody is there to stop one of its jobs",
                    AskedFrom.quoted("cancel " + run.id())
                            + " stops all that it left running, and "
                            + AskedFrom.quoted(AskedFrom.named("resume"))
                            + " goes on with it");
        }
        return ask(new Meant(job.key(), attempt.task(), name), patience);
    }

    private CancelReport notStarted() {
        throw choice.unknown(wait.view(), "in run " + run.id());
    }

    /** The job by the run's plan, drawn once more. */
    private Meant planned() throws IOException {
        Life life = wait.view().head().lastLife();
        if (life == null) {
            throw choice.unknown(wait.view(), "in run " + run.id());
        }
        var launchFolder = ExplainRun.launchFolder(run, wait.view().head(), life);
        try (ExplainWorkflow workflow = opener.open(life.argv(), launchFolder)) {
            if (workflow == null) {
                throw choice.unknown(wait.view(), "in run " + run.id());
            }
            var plan = workflow.plan();
            int job = new ExplainChoice(plan, workflow.folder(), asked.folder(), word).job();
            if (job < 0) {
                throw choice.unknown(wait.view(), "in run " + run.id());
            }
            var named = new ExplainPlan(workflow, plan, Times.ofHere()).named(job);
            int task = plan.taskOf(job);
            if (task < 0) {
                throw new UsageError(
                        named.selector() + " is not to run: it is up to date",
                        AskedFrom.quoted("explain " + Commands.quoted(word)) + " says why");
            }
            var key = new Key(plan.tasks().get(task).key());
            return new Meant(new Key(named.key()), key, named.selector());
        }
    }

    private CancelReport ask(Meant meant, Duration patience) {
        if (isOver(wait.view(), meant)) {
            return report(
                    now(wait.view(), meant),
                    meant.job(),
                    Result.ALREADY_ENDED,
                    meant.name() + " has ended already");
        }
        boolean over =
                wait.until(
                        new Wish.CancelTask(meant.task()),
                        view -> false,
                        view -> isOver(view, meant) || view.head().outcome() != null,
                        patience);
        JobView job = now(wait.view(), meant);
        if (over) {
            return report(job, meant.job(), Result.ENDED, meant.name() + " has ended");
        }
        return patience.isZero()
                ? report(job, meant.job(), Result.ASKED, "the run is told to stop " + meant.name())
                : noAnswer(job, meant, patience);
    }

    private CancelReport noAnswer(@Nullable JobView job, Meant meant, Duration patience) {
        return new CancelReport(
                run,
                meant.job().text(),
                Result.NO_ANSWER,
                state(job),
                meant.name() + " had not ended after " + patience.toSeconds() + " s",
                "the word was left; "
                        + AskedFrom.quoted(AskedFrom.named("status"))
                        + " shows what still runs");
    }

    private CancelReport report(@Nullable JobView job, Key key, Result result, String sentence) {
        boolean said = result == Result.ASKED;
        return new CancelReport(
                run,
                key.text(),
                result,
                state(job),
                sentence + (said ? "." : ": " + state(job) + "."),
                hint(job));
    }

    private @Nullable String hint(@Nullable JobView job) {
        boolean goesOn = wait.view().head().outcome() == null && wait.standing().mayGoOn();
        return job != null && job.state() == JobState.CANCELLED && goesOn
                ? "the rest of the run goes on: " + AskedFrom.typed("status " + run.id())
                : null;
    }

    /** By its own key, or by that of its task where it was given up unstarted. */
    private static @Nullable JobView now(RunView view, Meant meant) {
        JobView job = view.job(meant.job());
        return job == null ? view.job(meant.task()) : job;
    }

    private static boolean isOver(RunView view, Meant meant) {
        JobView job = now(view, meant);
        return job != null && isOver(job.state());
    }

    private static boolean isOver(JobState state) {
        return !state.isOpen() && state != JobState.AGAIN;
    }

    private static String state(@Nullable JobView job) {
        return job == null ? "not started" : JobWords.state(job.state());
    }
}
