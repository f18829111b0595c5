package dev.sluice.executor.local;

import java.io.IOException;

/** None can be started, since the run has one already. */
final class SupervisorBusy extends IOException {
    private static final long serialVersionUID = 1L;

    SupervisorBusy() {
        super("another supervisor of this run lives, and does not say where");
    }
}
