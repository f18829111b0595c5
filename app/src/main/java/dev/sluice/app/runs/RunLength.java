package dev.sluice.app.runs;

import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;

/**
 * How long a run took: to now while somebody is at work on it, else to its last fact. The time in
 * which nobody was, before it was resumed, does not count.
 */
final class RunLength {
    private RunLength() {}

    static long millis(RunHead head, RunStanding standing, long now) {
        boolean goesOn = standing.state() == RunStanding.State.RUNNING;
        return head.workedMillis(goesOn ? now : head.lastMillis());
    }
}
