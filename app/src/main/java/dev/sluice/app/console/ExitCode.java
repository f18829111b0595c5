package dev.sluice.app.console;

/** What the process answers. Scripts rely on these numbers. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int JOB_FAILED = 1;
    public static final int BAD_INPUT = 2;
    public static final int HELD_ELSEWHERE = 3;
    public static final int BUG = 70;

    /** 128 and the number of the signal that ended a run, as shells count. */
    public static final int HUNG_UP = 129;

    public static final int INTERRUPTED = 130;
    public static final int TERMINATED = 143;

    private ExitCode() {}
}
