package dev.sluice.app.console;

/**
 * What the process answers. Scripts rely on these numbers. When a signal ends it, the virtual
 * machine itself answers 130 or 143.
 */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int JOB_FAILED = 1;
    public static final int BAD_INPUT = 2;
    public static final int HELD_ELSEWHERE = 3;
    public static final int BUG = 70;

    private ExitCode() {}
}
