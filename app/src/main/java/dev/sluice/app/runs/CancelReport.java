package dev.sluice.app.runs;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.engine.journal.RunFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * What came of a wish to cancel.
 *
 * @param job its key; null where the whole run was meant
 * @param state of the job, else of the run, when this was written
 * @param sentence for people
 */
record CancelReport(
        RunFolder run,
        @Nullable String job,
        Result result,
        String state,
        String sentence,
        @Nullable String hint) {
    enum Result {
        /** It has ended since; {@code state} says how. */
        ENDED("ended"),
        ALREADY_ENDED("already-ended"),
        /** The word was left, and not waited for. */
        ASKED("asked"),
        NO_ANSWER("no-answer");

        private final String word;

        Result(String word) {
            this.word = word;
        }
    }

    int exitCode() {
        return result == Result.NO_ANSWER ? ExitCode.JOB_FAILED : ExitCode.DONE;
    }

    void print(Terminal terminal, Asked asked) {
        if (asked.json()) {
            new JsonLines(terminal.out()).line(this::fields);
        } else if (result == Result.NO_ANSWER) {
            Messages.error(terminal, sentence, hint);
        } else {
            terminal.out().println(sentence);
            if (hint != null) {
                terminal.out().println("  " + hint + asked.where());
            }
        }
    }

    private void fields(JsonGenerator json) throws IOException {
        json.writeStringField("run", run.id());
        json.writeStringField("job", job);
        json.writeStringField("result", result.word);
        json.writeStringField("state", state);
        json.writeStringField("sentence", sentence);
    }
}
