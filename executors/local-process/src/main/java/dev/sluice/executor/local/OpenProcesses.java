package dev.sluice.executor.local;

import dev.sluice.engine.execute.AttemptReport;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Processes whose end has not been told, with what is known of each. Not thread-safe. */
final class OpenProcesses {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final Map<String, Entry> processes = new LinkedHashMap<>();

    /** Of attempts with processes that are not named like them. */
    private final Map<String, List<String>> several = new LinkedHashMap<>();

    private static final class Entry {
        final String attempt;
        List<String> wanted = List.of();
        AttemptReport.@Nullable Started started;

        /** An earlier engine's, and the supervisor has not said yet what became of it. */
        boolean asked;

        Entry(String attempt) {
            this.attempt = attempt;
        }
    }

    void add(String process, String attempt, List<String> wanted) {
        entry(process, attempt).wanted = wanted;
    }

    void adopt(String process, String attempt) {
        Entry entry = entry(process, attempt);
        entry.asked = entry.started == null;
    }

    private Entry entry(String process, String attempt) {
        Entry known = processes.get(process);
        if (known != null) {
            return known;
        }
        if (!process.equals(attempt)) {
            several.computeIfAbsent(attempt, _ -> new ArrayList<>(2)).add(process);
        }
        Entry entry = new Entry(attempt);
        processes.put(process, entry);
        return entry;
    }

    /** Takes note of a report; false where nobody has asked for that process, or not any more. */
    boolean heard(AttemptReport report) {
        Entry entry = processes.get(report.process());
        if (entry == null) {
            return false;
        }
        entry.asked = false;
        if (report instanceof AttemptReport.Started started) {
            entry.started = started;
        } else {
            remove(report.process());
        }
        return true;
    }

    void waits(String process, List<String> wanted) {
        Entry entry = processes.get(process);
        if (entry != null) {
            entry.asked = false;
            entry.wanted = wanted;
        }
    }

    /** Whether it was an earlier engine's, and nobody has said yet what became of it. */
    boolean isAsked(String process) {
        Entry entry = processes.get(process);
        return entry != null && entry.asked;
    }

    void remove(String process) {
        Entry entry = processes.remove(process);
        if (entry != null && !process.equals(entry.attempt)) {
            List<String> others = several.get(entry.attempt);
            if (others != null && others.remove(process) && others.isEmpty()) {
                several.remove(entry.attempt);
            }
        }
    }

    /** Those of an attempt. */
    List<String> of(String attempt) {
        List<String> found = new ArrayList<>(several.getOrDefault(attempt, List.of()));
        if (processes.containsKey(attempt)) {
            found.add(attempt);
        }
        return found;
    }

    Collection<String> all() {
        return new ArrayList<>(processes.keySet());
    }

    /** In a sentence, what the attempt does. */
    String explain(String attempt) {
        List<String> open = of(attempt);
        for (String process : open) {
            AttemptReport.Started started = known(process).started;
            if (started != null) {
                return "It has been running since "
                        + TIME.format(Instant.ofEpochMilli(started.atMillis()))
                        + " as process "
                        + started.pid()
                        + ".";
            }
        }
        for (String process : open) {
            List<String> wanted = known(process).wanted;
            if (!wanted.isEmpty()) {
                return "It waits for "
                        + String.join(", ", wanted)
                        + ", which it goes together with.";
            }
        }
        return open.isEmpty()
                ? "This machine does not have it."
                : "It has been handed to this machine's supervisor.";
    }

    private Entry known(String process) {
        Entry entry = processes.get(process);
        if (entry == null) {
            throw new IllegalStateException("not open: " + process);
        }
        return entry;
    }
}
