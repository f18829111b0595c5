package dev.sluice.app.cli;

/**
 * What the process answers. Scripts rely on these numbers. When a signal ends it, the virtual
 * machine itself answers 130 or 143.
 */
final class ExitCode {
    static final int DONE = 0;
    static final int JOB_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int HELD_ELSEWHERE = 3;
    static final int BUG = 70;

    private ExitCode() {}
}
