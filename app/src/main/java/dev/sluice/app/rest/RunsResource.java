package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.catalogue.Catalogue;
import dev.sluice.app.catalogue.CatalogueQuery;
import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.catalogue.Page;
import dev.sluice.app.runs.JsonLines;
import dev.sluice.engine.view.RunStanding;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Lists runs from the catalogue; reads no journal. */
final class RunsResource {
    private static final int USUAL = 50;
    private static final int MOST = 1000;

    private static final List<String> STATES =
            Stream.concat(
                            Arrays.stream(RunStanding.State.values()).map(RunStanding.State::word),
                            // Its journal is damaged.
                            Stream.of("unreadable"))
                    .toList();

    private final Catalogue catalogue;
    private final Guard guard;

    RunsResource(Catalogue catalogue, Guard guard) {
        this.catalogue = catalogue;
        this.guard = guard;
    }

    Answer list(Request request) {
        Query query = request.query();
        int limit = query.count("limit", USUAL, 1, MOST);
        List<String> states = States.known(query.list("state"), STATES);
        var rows = new ArrayList<CatalogueRow>();
        String after = query.last("after");
        // Runs that the principal may not see leave gaps.
        do {
            Page page =
                    catalogue.list(
                            new CatalogueQuery(
                                    states,
                                    query.last("owner"),
                                    query.last("q"),
                                    after,
                                    limit - rows.size()));
            for (CatalogueRow row : page.rows()) {
                if (guard.mayLook(request, row.owner())) {
                    rows.add(row);
                }
            }
            after = page.next();
        } while (after != null && rows.size() < limit);
        return answer(rows, after);
    }

    private static Answer answer(List<CatalogueRow> rows, @Nullable String next) {
        return Answer.object(
                json -> {
                    json.writeArrayFieldStart("runs");
                    for (CatalogueRow row : rows) {
                        json.writeStartObject();
                        row(json, row);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    JsonLines.text(json, "next", next);
                });
    }

    private static void row(JsonGenerator json, CatalogueRow row) throws IOException {
        json.writeStringField("run", row.id());
        json.writeStringField("name", row.name());
        json.writeStringField("owner", row.owner());
        json.writeStringField("state", row.state());
        JsonLines.texts(json, "words", row.words());
        json.writeNumberField("bytes", row.bytes());
        JsonLines.time(json, "submitted", row.submitted());
        JsonLines.time(json, "started", row.started());
        JsonLines.time(json, "ended", row.ended());
        JsonLines.time(json, "last_fact", row.lastFact());
        json.writeNumberField("done", row.done());
        json.writeNumberField("total", row.total());
        json.writeNumberField("failures", row.failures());
        json.writeNumberField("retries", row.retries());
        json.writeNumberField("queued_jobs", row.queued());
        json.writeNumberField("running_jobs", row.running());
    }
}
