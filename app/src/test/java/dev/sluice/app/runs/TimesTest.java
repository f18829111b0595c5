package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

class TimesTest {
    private static final long NOW = Instant.parse("2026-11-24T10:00:00Z").toEpochMilli();

    private final Times times =
            new Times(InstantSource.fixed(Instant.ofEpochMilli(NOW)), ZoneOffset.ofHours(2));

    @Test
    void timesAreLocal() {
        assertThat(times.at(NOW)).isEqualTo("2026-11-24 12:00:00");
        assertThat(Times.iso(NOW)).isEqualTo("2026-11-24T10:00:00Z");
    }

    @Test
    void howLongAgoIsRounded() {
        assertThat(times.ago(NOW - 1_999)).isEqualTo("just now");
        assertThat(times.ago(NOW - 59_999)).isEqualTo("59 s ago");
        assertThat(times.ago(NOW - 60_000)).isEqualTo("1 min ago");
        assertThat(times.ago(NOW - 3_600_000)).isEqualTo("1 h ago");
        assertThat(times.ago(NOW - 72L * 3_600_000)).isEqualTo("3 d ago");
        assertThat(times.ago(NOW + 5_000)).isEqualTo("in the future");
    }

    @Test
    void spansHaveTwoUnits() {
        assertThat(Times.span(830)).isEqualTo("0.8 s");
        assertThat(Times.span(42_999)).isEqualTo("42 s");
        assertThat(Times.span(192_000)).isEqualTo("3 min 12 s");
        assertThat(Times.span(7_500_000)).isEqualTo("2 h 5 min");
        assertThat(Times.span(100_000_000)).isEqualTo("1 d 3 h");
    }

    @Test
    void sizesCountByThousands() {
        assertThat(Sizes.text(999)).isEqualTo("999 B");
        assertThat(Sizes.text(1_500)).isEqualTo("1.5 kB");
        assertThat(Sizes.text(999_900)).isEqualTo("1.0 MB");
        assertThat(Sizes.text(25_000_000_000L)).isEqualTo("25 GB");
    }
}
