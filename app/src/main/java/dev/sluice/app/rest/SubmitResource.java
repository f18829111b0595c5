package dev.sluice.app.rest;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.JsonLines;
import dev.sluice.engine.view.RunStanding;

import java.util.List;

/** Takes a workflow in and has a run made of it. */
final class SubmitResource {
    static final String BUNDLE = "bundle";
    static final String WORDS = "words";

    private static final int CREATED = 201;
    private static final int LONGEST_NAME = 200;

    private final Guard guard;
    private final Runs runs;
    private final Incoming incoming;

    SubmitResource(Guard guard, Runs runs, Incoming incoming) {
        this.guard = guard;
        this.runs = runs;
        this.incoming = incoming;
    }

    Answer submit(Request request) {
        guard.submit(request);
        Parts.Upload upload = request.parts().upload(BUNDLE);
        List<String> words = Words.list(request.parts().text(WORDS));
        String name = name(request.parts(), upload);
        return incoming.unpacked(
                upload,
                words,
                (folder, unpacked) -> {
                    HostedRun run =
                            Decided.by(
                                    () ->
                                            runs.accept(
                                                    request.principal().name(),
                                                    name,
                                                    words,
                                                    folder,
                                                    unpacked.bytes()));
                    return created(run, unpacked.left());
                });
    }

    private static Answer created(HostedRun run, List<String> left) {
        return Answer.object(
                        CREATED,
                        json -> {
                            json.writeStringField("run", run.id());
                            json.writeStringField("name", run.submission().name());
                            json.writeStringField("url", "/runs/" + run.id());
                            json.writeStringField("state", RunStanding.State.PLANNING.word());
                            json.writeNumberField("bytes", run.submission().bytes());
                            JsonLines.texts(json, "left", left);
                        })
                .with("Location", RestApi.ROOT + "/runs/" + run.id());
    }

    /** What the client says; else the file's name without what tells how it is packed. */
    private static String name(Parts parts, Parts.Upload upload) {
        String given = parts.text("name");
        String name =
                given == null || given.isBlank()
                        ? upload.fileName()
                                .replaceFirst("^.*[/\\\\]", "")
                                .replaceFirst("\\.(tar\\.gz|tgz|tar|zip|smk)$", "")
                        : given;
        String safe = name.strip().replaceAll("\\p{Cntrl}", " ");
        if (safe.codePointCount(0, safe.length()) > LONGEST_NAME) {
            throw Problem.badRequest("a name has at most " + LONGEST_NAME + " characters", null);
        }
        return safe.isEmpty() ? "workflow" : safe;
    }
}
