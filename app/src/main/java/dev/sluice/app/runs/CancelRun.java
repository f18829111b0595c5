package dev.sluice.app.runs;

import dev.sluice.app.runs.CancelReport.Result;
import dev.sluice.engine.journal.HeldElsewhere;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.executor.local.Leftovers;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Cancels a whole run. */
final class CancelRun {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String RESUME = "go on with it: ";

    private final RunFolder run;
    private final CancelWait wait;

    CancelRun(RunFolder run, Telling telling) {
        this.run = run;
        wait = new CancelWait(run, telling);
    }

    CancelReport cancel(Duration patience) {
        return switch (wait.standing().state()) {
            case RUNNING, PLANNING, ELSEWHERE -> ask(patience);
            case BROKEN_OFF -> wait.isBrokenOff() ? endBrokenOff() : ask(patience);
            case SUCCEEDED, FAILED, STOPPED ->
                    report(
                            Result.ALREADY_ENDED,
                            "Run " + run.id() + " has ended already: " + state());
        };
    }

    private CancelReport ask(Duration patience) {
        boolean ended =
                wait.until(
                        new Wish.CancelRun(),
                        view -> view.head().stopping(),
                        view -> view.head().outcome() != null,
                        patience);
        if (ended) {
            return report(Result.ENDED, "Run " + run.id() + " has ended: " + state());
        }
        if (wait.isBrokenOff()) {
            return endBrokenOff();
        }
        return patience.isZero()
                ? report(Result.ASKED, "Run " + run.id() + " is told to stop")
                : noAnswer(patience);
    }

    private CancelReport noAnswer(Duration patience) {
        String seconds = patience.toSeconds() + " s";
        RunStanding standing = wait.standing();
        boolean stopping = wait.view().head().stopping();
        String sentence =
                "run "
                        + run.id()
                        + (stopping
                                ? " is stopping, but had not ended after " + seconds
                                : " did not answer within " + seconds);
        String hint =
                switch (standing.state()) {
                    case ELSEWHERE ->
                            "it is held by "
                                    + standing.holder()
                                    + ": if that machine is dead, "
                                    + AskedFrom.quoted(AskedFrom.named("resume"))
                                    + " takes the run over";
                    case PLANNING -> "it is still planning, and stops once it begins";
                    default ->
                            AskedFrom.quoted(AskedFrom.named("status"))
                                    + " shows what still runs; the word was left";
                };
        return new CancelReport(run, null, Result.NO_ANSWER, word(), sentence, hint);
    }

    /**
     * Its engine is dead: nobody else can end it. Held first, so that nobody resumes it at the same
     * time.
     */
    private CancelReport endBrokenOff() {
        int left = wait.view().open().size();
        try (var _ = Hold.take(run, List.of())) {
            new Leftovers(run.path()).stop(GRACE);
            try (Journal journal = Journal.resume(run.journal(), InstantSource.system())) {
                journal.append(
                        List.of(
                                new Fact.StopRequested(true),
                                new Fact.RunEnded(RunOutcome.STOPPED)));
                journal.sync();
            }
        } catch (HeldElsewhere e) {
            return new CancelReport(
                    run,
                    null,
                    Result.NO_ANSWER,
                    RunStanding.State.RUNNING.word(),
                    String.valueOf(e.getMessage()),
                    "somebody has just gone on with it: say it again");
        }
        String sentence =
                "Run "
                        + run.id()
                        + " was broken off and is ended now"
                        + switch (left) {
                            case 0 -> "";
                            case 1 -> "; the job that it had left running is stopped";
                            default ->
                                    "; the " + left + " jobs that it had left running are stopped";
                        }
                        + ".";
        return new CancelReport(
                run,
                null,
                Result.ENDED,
                RunStanding.State.STOPPED.word(),
                sentence,
                RESUME + AskedFrom.typed("resume " + run.id()));
    }

    private CancelReport report(Result result, String sentence) {
        RunHead head = wait.view().head();
        boolean resumable = head.outcome() != null && head.outcome() != RunOutcome.SUCCEEDED;
        return new CancelReport(
                run,
                null,
                result,
                word(),
                sentence + ".",
                resumable ? RESUME + AskedFrom.typed("resume " + run.id()) : null);
    }

    private String state() {
        return word()
                + ", "
                + wait.view().counts().done()
                + " of "
                + wait.view().counts().total()
                + " jobs done";
    }

    private String word() {
        return wait.standing().state().word();
    }
}
