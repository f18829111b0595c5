package dev.sluice.app.cli;

/** What the process answers. Scripts rely on these numbers. */
final class ExitCode {
    static final int DONE = 0;
    static final int JOB_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int HELD_ELSEWHERE = 3;
    static final int BUG = 70;
    static final int INTERRUPTED = 130;
    static final int TERMINATED = 143;

    private ExitCode() {}
}
