package dev.sluice.app.rest;

import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.JsonLines;

import java.util.List;

/**
 * Puts files into the working folder of a run that does not go on, so that it can be resumed with
 * what was mended. What is not in the bundle stays as it is.
 */
final class FilesResource {
    private final Guard guard;
    private final Runs runs;
    private final Incoming incoming;

    FilesResource(Guard guard, Runs runs, Incoming incoming) {
        this.guard = guard;
        this.runs = runs;
        this.incoming = incoming;
    }

    Answer replace(Request request) {
        HostedRun run = guard.run(request, Action.STEER);
        if (runs.isActive(run)) {
            throw Problem.conflict(
                    "run " + run.id() + " goes on: its files cannot be changed",
                    "cancel it, or wait for its end");
        }
        Parts.Upload upload = request.parts().upload(SubmitResource.BUNDLE);
        String path = request.parts().text("path");
        List<String> changed =
                incoming.unpackedOver(
                        upload, path == null || path.isBlank() ? upload.fileName() : path, run);
        return Answer.object(json -> JsonLines.texts(json, "files", changed));
    }
}
