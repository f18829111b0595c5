package dev.sluice.app.rest;

import dev.sluice.app.access.Action;
import dev.sluice.app.console.ExitCode;
import dev.sluice.app.host.HostedRun;

import java.util.List;

/** Says why a job runs or does not, by {@code sluice explain}. */
final class ExplainResource {
    private final Guard guard;
    private final Engines engines;
    private final Seats seats;

    ExplainResource(Guard guard, Engines engines, Seats seats) {
        this.guard = guard;
        this.engines = engines;
        this.seats = seats;
    }

    Answer explain(Request request) {
        HostedRun run = guard.run(request, Action.LOOK);
        if (request.job().startsWith("-")) {
            throw JobName.unknown(request);
        }
        List<String> words = List.of("--json", "--run", run.id(), request.job());
        Printed printed =
                seats.whileSeated(
                        () ->
                                Printed.by(
                                        terminal ->
                                                engines.explain(
                                                        run.folder().workdir(), words, terminal)));
        String answer = printed.out().strip();
        if (printed.code() != ExitCode.DONE || answer.isEmpty()) {
            throw Problem.unprocessable(
                    printed.err().replace(run.workdir() + "/", "").strip(), null);
        }
        return Answer.json(json -> json.writeRawValue(answer));
    }
}
