package dev.sluice.app.rest;

import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.RowState;

import java.util.List;

/** Stops one job of a run, or has it tried again. Leaves a wish; the run's engine decides. */
final class JobSteerResource {
    private final Looking looking;
    private final Guard guard;
    private final Runs runs;

    JobSteerResource(Looking looking, Guard guard, Runs runs) {
        this.looking = looking;
        this.guard = guard;
        this.runs = runs;
    }

    /** How the job stood a moment ago. */
    private record Stand(RowState state, Key task) {}

    Answer cancel(Request request) {
        HostedRun run = guard.run(request, Action.STEER);
        request.words().only();
        Stand stand = stand(request);
        if (!runs.isActive(run)) {
            throw Problem.conflict("run " + run.id() + " does not go on", null);
        }
        switch (stand.state()) {
            case WAITING, QUEUED, STAGING, RUNNING, ENDING, AGAIN, EVICTED -> {}
            case FINISHED, FAILED, SKIPPED, CANCELLED, REMOVED ->
                    throw over(request, stand, "there is nothing to cancel");
        }
        Decided.by(() -> runs.wish(run, new Wish.CancelTask(stand.task())));
        return SteerResource.accepted(run);
    }

    Answer retry(Request request) {
        HostedRun run = guard.run(request, Action.STEER);
        request.words().only();
        Stand stand = stand(request);
        switch (stand.state()) {
            case FAILED -> {}
            case SKIPPED, CANCELLED -> {
                if (runs.isActive(run)) {
                    throw over(
                            request,
                            stand,
                            "while the run goes on only what failed is tried again; resume it once"
                                    + " it has ended");
                }
            }
            case QUEUED, STAGING, RUNNING, ENDING, AGAIN, EVICTED, WAITING, FINISHED, REMOVED ->
                    throw over(request, stand, "only what failed or was stopped is tried again");
        }
        if (runs.isActive(run)) {
            Decided.by(() -> runs.wish(run, new Wish.RetryTask(stand.task())));
        } else {
            Decided.by(() -> runs.resume(run, List.of()));
        }
        return SteerResource.accepted(run);
    }

    private Stand stand(Request request) {
        return looking.at(
                request,
                seen -> {
                    int row = JobName.row(seen.rows(), request);
                    return new Stand(seen.rows().state(row), seen.rows().task(row));
                });
    }

    private static Problem over(Request request, Stand stand, String hint) {
        return Problem.conflict("job " + request.job() + " is " + stand.state().word(), hint);
    }
}
