package dev.sluice.app.report;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedCollection;
import java.util.SequencedMap;

/** What the jobs of each rule used, of those that finished. What was not measured is left out. */
final class RuleUse {
    private static final long MEGABYTE = 1_000_000;

    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cores = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();
    private int jobs;
    private int threads;
    private long askedMemory;

    /** By rule, in the order of their first jobs. */
    static SequencedMap<String, RuleUse> of(SequencedCollection<JobView> jobs) {
        var rules = new LinkedHashMap<String, RuleUse>();
        for (JobView job : jobs) {
            AttemptView last = job.lastAttempt();
            if (last != null && last.state() == JobState.FINISHED) {
                rules.computeIfAbsent(job.rule(), _ -> new RuleUse()).add(last);
            }
        }
        return rules;
    }

    private void add(AttemptView attempt) {
        jobs++;
        threads = Math.max(threads, attempt.needs().threads());
        Long asked = attempt.needs().resources().get("mem_mb");
        askedMemory = Math.max(askedMemory, asked == null ? 0 : asked * MEGABYTE);
        long millis = attempt.durationMillis(attempt.endedMillis());
        seconds.add(millis / 1000.0);
        if (attempt.cpuMillis() >= 0 && millis > 0) {
            cores.add((double) attempt.cpuMillis() / millis);
        }
        if (attempt.maxRssBytes() >= 0) {
            memory.add((double) attempt.maxRssBytes());
        }
    }

    void write(JsonGenerator json, String rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", rule);
        json.writeNumberField("jobs", jobs);
        spread(json, "seconds", seconds);
        spread(json, "cores", cores);
        spread(json, "memory", memory);
        json.writeNumberField("threads", threads);
        if (askedMemory > 0) {
            json.writeNumberField("asked_memory", askedMemory);
        } else {
            json.writeNullField("asked_memory");
        }
        json.writeEndObject();
    }

    private static void spread(JsonGenerator json, String field, List<Double> values)
            throws IOException {
        if (values.isEmpty()) {
            json.writeNullField(field);
            return;
        }
        List<Double> sorted = values.stream().sorted().toList();
        json.writeObjectFieldStart(field);
        json.writeNumberField("least", sorted.getFirst());
        json.writeNumberField("middle", sorted.get(sorted.size() / 2));
        json.writeNumberField("most", sorted.getLast());
        json.writeEndObject();
    }
}
