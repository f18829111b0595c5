package dev.sluice.app.runs;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them: local, and how long ago. */
record Times(InstantSource clock, ZoneId zone) {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    static Times ofHere() {
        return new Times(InstantSource.system(), ZoneId.systemDefault());
    }

    long now() {
        return clock.millis();
    }

    /** {@code 2026-11-24 12:30:05}. */
    String at(long millis) {
        return LOCAL.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** {@code 3 min ago}. */
    String ago(long millis) {
        long seconds = (now() - millis) / 1000;
        if (seconds < 0) {
            return "in the future";
        }
        if (seconds < 2) {
            return "just now";
        }
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        if (seconds < 48 * 3600) {
            return seconds / 3600 + " h ago";
        }
        return seconds / 86_400 + " d ago";
    }

    /** {@code 0.8 s}, {@code 3 min 12 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    static String span(long millis) {
        long seconds = millis / 1000;
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** {@code 2026-11-24T11:30:05.123Z}, for programs. */
    static String iso(long millis) {
        return DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(millis));
    }
}
