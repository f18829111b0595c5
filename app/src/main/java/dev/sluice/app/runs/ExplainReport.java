package dev.sluice.app.runs;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.runs.Explanation.Link;
import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.journal.RunFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;

/** Writes an explanation: the sentence, then the chain, then what to do next. */
final class ExplainReport {
    private final Terminal terminal;
    private final String asked;
    private final @Nullable RunFolder run;

    ExplainReport(Terminal terminal, String asked, @Nullable RunFolder run) {
        this.terminal = terminal;
        this.asked = asked;
        this.run = run;
    }

    void text(Explanation explanation) {
        PrintStream out = terminal.out();
        out.println(explanation.sentence() + ".");
        boolean saysMore =
                explanation.chain().stream()
                        .anyMatch(link -> !explanation.sentence().endsWith(link.text()));
        if (saysMore) {
            out.println();
            explanation.chain().forEach(this::line);
        }
        if (!explanation.hints().isEmpty()) {
            out.println();
            explanation.hints().forEach(hint -> out.println("  = " + hint));
        }
    }

    private void line(Link link) {
        terminal.out()
                .println(
                        "  ".repeat(link.depth() + 1) + link.job().selector() + ": " + link.text());
    }

    void json(Explanation explanation) {
        new JsonLines(terminal.out()).line(json -> fields(json, explanation));
    }

    private void fields(JsonGenerator json, Explanation explanation) throws IOException {
        json.writeStringField("asked", asked);
        json.writeStringField("run", run == null ? null : run.id());
        json.writeStringField("answer", explanation.answer().word());
        job(json, explanation.job());
        json.writeStringField("sentence", explanation.sentence());
        json.writeArrayFieldStart("chain");
        for (Link link : explanation.chain()) {
            json.writeStartObject();
            json.writeNumberField("depth", link.depth());
            job(json, link.job());
            json.writeStringField("cause", link.cause());
            json.writeStringField("text", link.text());
            JsonLines.texts(json, "files", link.files());
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonLines.texts(json, "hints", explanation.hints());
    }

    private static void job(JsonGenerator json, @Nullable Named job) throws IOException {
        if (job == null) {
            json.writeNullField("job");
            json.writeNullField("rule");
            json.writeNullField("wildcards");
        } else {
            json.writeStringField("job", job.key());
            json.writeStringField("rule", job.rule());
            JsonLines.texts(json, "wildcards", job.wildcards());
        }
    }
}
