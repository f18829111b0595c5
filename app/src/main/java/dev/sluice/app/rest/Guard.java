package dev.sluice.app.rest;

import dev.sluice.app.access.Access;
import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;

/** Finds the run that is meant, for those only who may do with it what they want. */
final class Guard {
    private final Runs runs;
    private final Access access;

    Guard(Runs runs, Access access) {
        this.runs = runs;
        this.access = access;
    }

    /**
     * @throws Problem where there is none, or none that the principal may know of, or where it may
     *     not do this
     */
    HostedRun run(Request request, Action action) {
        HostedRun run = runs.find(request.run());
        if (run == null || !may(request, Action.LOOK, run)) {
            throw Problem.notFound("there is no run " + request.run());
        }
        if (!may(request, action, run)) {
            throw forbidden("you may not do that with run " + run.id());
        }
        return run;
    }

    void submit(Request request) {
        String name = request.principal().name();
        if (!access.may(request.principal(), Action.SUBMIT, name)) {
            throw forbidden("you may not submit workflows");
        }
    }

    boolean mayLook(Request request, String owner) {
        return access.may(request.principal(), Action.LOOK, owner);
    }

    private boolean may(Request request, Action action, HostedRun run) {
        return access.may(request.principal(), action, run.submission().owner());
    }

    private static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail, null);
    }
}
