package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.engine.schedule.Key;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How far `attach` has told: of the run's journal, and of the logs of the attempts that were open
 * there. As text {@code JOURNAL;ATTEMPT=OFFSET;…}, and {@code ;JOB} at its end where the last line
 * was not whole.
 *
 * @param logs bytes by the name of the attempt
 * @param midLine the job in whose line the text stopped, or null
 */
record AttachPosition(long journal, SequencedMap<String, Long> logs, @Nullable Key midLine) {
    /** What fits into a request; the logs of further jobs go on with what is printed then. */
    private static final int MOST_LOGS = 60;

    static final AttachPosition START = new AttachPosition(-1, new LinkedHashMap<>(), null);

    static AttachPosition of(String text) {
        if (text.isEmpty()) {
            return START;
        }
        String[] parts = text.split(";", -1);
        var logs = new LinkedHashMap<String, Long>();
        Key midLine = null;
        try {
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].lastIndexOf('=');
                if (equals < 0) {
                    midLine = new Key(parts[i]);
                } else {
                    logs.put(parts[i].substring(0, equals), number(parts[i].substring(equals + 1)));
                }
            }
            return new AttachPosition(number(parts[0]), logs, midLine);
        } catch (NumberFormatException e) {
            throw new UsageError("this is no position of `attach`: " + text);
        }
    }

    private static long number(String text) {
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    boolean isStart() {
        return journal < 0;
    }

    String text() {
        var text = new StringBuilder().append(journal);
        logs.entrySet().stream()
                .limit(MOST_LOGS)
                .forEach(
                        log ->
                                text.append(';')
                                        .append(log.getKey())
                                        .append('=')
                                        .append(log.getValue()));
        if (midLine != null) {
            text.append(';').append(midLine.text());
        }
        return text.toString();
    }
}
