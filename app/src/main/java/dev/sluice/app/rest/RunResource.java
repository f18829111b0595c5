package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.host.Submission;
import dev.sluice.app.runs.JsonLines;
import dev.sluice.app.runs.RunJson;
import dev.sluice.app.watch.Folded;
import dev.sluice.app.watch.Watches;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;

/** One run with how it stands and what it was submitted as. */
final class RunResource {
    private static final int DIAGNOSIS_BYTES = 1 << 14;

    private final Guard guard;
    private final Runs runs;
    private final Watches watches;
    private final InstantSource clock;

    RunResource(Guard guard, Runs runs, Watches watches, InstantSource clock) {
        this.guard = guard;
        this.runs = runs;
        this.watches = watches;
        this.clock = clock;
    }

    Answer one(Request request) {
        HostedRun run = guard.run(request, Action.LOOK);
        return watches.of(run).read(folded -> Answer.object(json -> fields(json, run, folded)));
    }

    private void fields(JsonGenerator json, HostedRun run, Folded folded) throws IOException {
        Submission submission = run.submission();
        long now = clock.millis();
        boolean active = runs.isActive(run);
        json.writeNumberField("format", JsonLines.FORMAT);
        RunJson.run(
                json,
                run.id(),
                folded.standing().state().word(),
                submission.owner(),
                folded.head(),
                folded.counts(),
                folded.standing(),
                now);
        RunJson.details(json, folded.view(), false, now);
        json.writeStringField("name", submission.name());
        JsonLines.texts(json, "words", submission.words());
        JsonLines.time(json, "submitted", submission.received().toEpochMilli());
        json.writeNumberField("bytes", submission.bytes());
        json.writeNumberField("queued_jobs", open(folded, JobState.STARTED));
        json.writeNumberField("running_jobs", open(folded, JobState.RUNNING));
        json.writeBooleanField("stopping", folded.head().stopping());
        json.writeBooleanField("active", active);
        JsonLines.text(json, "waits_for", active ? runs.explain(run) : null);
        boolean unplanned = !folded.head().planned() && !active;
        JsonLines.text(json, "diagnosis", unplanned ? printed(run.engineLog()) : null);
        json.writeNumberField("engine_log_size", size(run.engineLog()));
    }

    private static int open(Folded folded, JobState state) {
        int count = 0;
        for (JobView job : folded.view().open()) {
            if (job.state() == state) {
                count++;
            }
        }
        return count;
    }

    private static String printed(Path log) {
        return new String(LogRegion.tail(log, DIAGNOSIS_BYTES).bytes(), StandardCharsets.UTF_8);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException notYet) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
