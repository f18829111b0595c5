package dev.sluice.engine.journal;

/**
 * How far a run's journal is folded into provenance, and what its facts do not repeat.
 *
 * @param to the end of the last record that is folded in
 * @param boot under which boot of its machine the run's last engine was started
 * @param latestMillis the latest time of a fact so far: a clock that is set back does not make what
 *     a run says later count as earlier
 */
record Reading(long to, String boot, long latestMillis) {
    static final Reading NOTHING = new Reading(0, "", Long.MIN_VALUE);

    Reading to(long end) {
        return new Reading(end, boot, latestMillis);
    }

    Reading under(String otherBoot) {
        return new Reading(to, otherBoot, latestMillis);
    }

    Reading at(long millis) {
        return new Reading(to, boot, Math.max(latestMillis, millis));
    }
}
