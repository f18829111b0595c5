package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;

/**
 * How far the log of a job was told: {@code ATTEMPT;OFFSET} as text.
 *
 * @param offset in bytes
 */
record LogPosition(int attempt, long offset) {
    static LogPosition of(String text) {
        String[] parts = text.split(";", -1);
        try {
            if (parts.length == 2) {
                return new LogPosition(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageError("this is no position of `logs -f`: " + text);
    }

    LogPosition {
        if (attempt < 1 || offset < 0) {
            throw new NumberFormatException(attempt + ";" + offset);
        }
    }

    String text() {
        return attempt + ";" + offset;
    }
}
