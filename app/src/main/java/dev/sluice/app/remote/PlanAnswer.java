package dev.sluice.app.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.show.StatsTable;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;

/** Prints the plan that a server made of a workflow; holds one job at a time. */
final class PlanAnswer {
    private static final JsonFactory JSON = new JsonFactory();

    private final Terminal terminal;
    private final boolean json;
    private final LinkedHashMap<String, Integer> byRule = new LinkedHashMap<>();
    private int jobs;

    /**
     * @param json each job as a line, as {@code sluice run -n --json} has it
     */
    PlanAnswer(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    void print(InputStream answer) throws IOException {
        try (JsonParser parser = JSON.createParser(answer)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("jobs") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        job(parser);
                    }
                } else if (field.equals("messages") && value == JsonToken.VALUE_STRING) {
                    say(parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (json) {
            return;
        }
        terminal.out().print(jobs == 0 ? "Nothing to be done.\n" : StatsTable.of(byRule, jobs));
    }

    private void job(JsonParser parser) throws IOException {
        jobs++;
        if (json) {
            var line = JSON.createGenerator(terminal.out());
            line.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
            line.setPrettyPrinter(new MinimalPrettyPrinter(""));
            line.copyCurrentStructure(parser);
            line.flush();
            terminal.out().print('\n');
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean rule = parser.currentName().equals("rule");
            JsonToken value = parser.nextToken();
            if (rule && value == JsonToken.VALUE_STRING) {
                byRule.merge(parser.getText(), 1, Integer::sum);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void say(String messages) {
        if (!messages.isBlank()) {
            terminal.err().println(messages.strip());
            terminal.err().flush();
        }
    }
}
