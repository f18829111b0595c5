package dev.sluice.app.rest;

import dev.sluice.app.access.Action;
import dev.sluice.app.runs.FactJson;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalUnreadable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run's facts as they stand in its journal, page by page. */
final class FactsResource {
    private static final int USUAL = 1000;
    private static final int MOST = 10_000;

    private final Guard guard;

    FactsResource(Guard guard) {
        this.guard = guard;
    }

    Answer list(Request request) {
        Path journal = guard.run(request, Action.LOOK).folder().journal();
        long after = request.query().number("after", 0, 0, Long.MAX_VALUE);
        int limit = request.query().count("limit", USUAL, 1, MOST);
        var facts = new ArrayList<Entry>();
        long next = Files.exists(journal) ? read(journal, after, limit, facts) : after;
        return Answer.object(
                json -> {
                    json.writeArrayFieldStart("facts");
                    for (Entry fact : facts) {
                        json.writeStartObject();
                        FactJson.write(json, fact);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeNumberField("next", next);
                });
    }

    /** Where to read on. */
    private static long read(Path journal, long after, int limit, List<Entry> facts) {
        try {
            return JournalReader.read(
                    journal,
                    after,
                    entry -> {
                        if (facts.size() == limit) {
                            throw new Enough(entry.offset());
                        }
                        facts.add(entry);
                    });
        } catch (Enough enough) {
            return enough.offset;
        } catch (JournalUnreadable e) {
            if (after == 0) {
                throw Problem.unprocessable(
                        String.valueOf(e.getMessage()), "the journal is damaged");
            }
            throw Problem.badRequest(
                    "no fact begins at byte " + after, "`after` is the `next` of another answer");
        }
    }

    /** Ends the reading of a journal; is not an error. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final long offset;

        Enough(long offset) {
            super(null, null, false, false);
            this.offset = offset;
        }
    }
}
