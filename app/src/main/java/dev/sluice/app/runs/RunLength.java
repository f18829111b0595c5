package dev.sluice.app.runs;

import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;

/** How long a run took: to now while somebody is at work on it, else to its last fact. */
final class RunLength {
    private RunLength() {}

    static long millis(RunHead head, RunStanding standing, long now) {
        if (head.startedMillis() < 0) {
            return 0;
        }
        boolean goesOn = standing.state() == RunStanding.State.RUNNING;
        return Math.max(0, (goesOn ? now : head.lastMillis()) - head.startedMillis());
    }
}
