package dev.sluice.app.rest;

import dev.sluice.app.console.ExitCode;

import java.nio.file.Path;
import java.util.List;

/** Says what a workflow would run, without a run; nothing of it stays. */
final class PlanResource {
    private final Guard guard;
    private final Incoming incoming;
    private final Engines engines;
    private final Seats seats;

    PlanResource(Guard guard, Incoming incoming, Engines engines, Seats seats) {
        this.guard = guard;
        this.incoming = incoming;
        this.engines = engines;
        this.seats = seats;
    }

    Answer plan(Request request) {
        guard.submit(request);
        Parts.Upload upload = request.parts().upload(SubmitResource.BUNDLE);
        List<String> words = Words.list(request.parts().text(SubmitResource.WORDS));
        return seats.whileSeated(
                () -> incoming.unpacked(upload, words, (folder, unpacked) -> plan(folder, words)));
    }

    private Answer plan(Path folder, List<String> words) {
        Printed printed =
                Decided.by(() -> Printed.by(terminal -> engines.dryRun(folder, words, terminal)));
        // Where it lay for a moment is no business of the client's.
        String messages = printed.err().replace(folder + "/", "").strip();
        if (printed.code() != ExitCode.DONE) {
            throw Problem.unprocessable(
                    messages.isEmpty() ? "the workflow cannot be planned" : messages, null);
        }
        List<String> jobs = printed.out().lines().filter(line -> !line.isBlank()).toList();
        return Answer.object(
                json -> {
                    json.writeArrayFieldStart("jobs");
                    for (String job : jobs) {
                        json.writeRawValue(job);
                    }
                    json.writeEndArray();
                    json.writeStringField("messages", messages);
                });
    }
}
