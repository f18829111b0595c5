package dev.sluice.app.rest;

import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;

import java.util.List;

/** Stops a run, goes on with it, removes it: tells the host, which decides. */
final class SteerResource {
    private static final int ACCEPTED = 202;

    private final Runs runs;
    private final Guard guard;

    SteerResource(Runs runs, Guard guard) {
        this.runs = runs;
        this.guard = guard;
    }

    Answer cancel(Request request) {
        HostedRun run = guard.run(request, Action.STEER);
        boolean now = request.words().only("now").flag("now");
        Decided.by(() -> runs.cancel(run, now));
        return accepted(run);
    }

    Answer resume(Request request) {
        HostedRun run = guard.run(request, Action.STEER);
        List<String> words = request.words().only("words").texts("words");
        Decided.by(() -> runs.resume(run, words));
        return accepted(run);
    }

    Answer delete(Request request) {
        HostedRun run = guard.run(request, Action.DELETE);
        if (runs.isActive(run)) {
            throw Problem.conflict(
                    "run " + run.id() + " goes on", "cancel it first, and wait for its end");
        }
        Decided.by(() -> runs.delete(run));
        return Answer.empty(204);
    }

    static Answer accepted(HostedRun run) {
        return Answer.object(ACCEPTED, json -> json.writeStringField("run", run.id()));
    }
}
