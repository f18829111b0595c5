package dev.sluice.app.runs;

import java.util.function.Supplier;

/**
 * From where a command is asked, while it is carried out: what it prints names other commands, and
 * these have to lead back here. Where nothing is bound, from the folder of the runs.
 *
 * @param option what stands behind a command that is typed over there, with a space in front
 * @param run which one is meant; empty where it is none in particular
 * @param atWork an engine is known to be at work on the run
 */
public record AskedFrom(String option, String run, boolean atWork) {
    private static final ScopedValue<AskedFrom> BOUND = ScopedValue.newInstance();
    private static final AskedFrom HERE = new AskedFrom("", "", false);

    /** Carries out, on this thread, what was asked from there. */
    public <T> T carryOut(Supplier<T> command) {
        return ScopedValue.where(BOUND, this).call(command::get);
    }

    /** Of the command that this thread carries out. */
    public static AskedFrom now() {
        return BOUND.orElse(HERE);
    }

    /** Whether a server carries it out. */
    static boolean afar() {
        return BOUND.isBound();
    }

    /** A command as it is to be typed, behind {@code sluice}. */
    static String typed(String words) {
        return "sluice " + words + now().option();
    }

    /** The same of a command over a job or a file of this run. */
    static String typedOfRun(String words) {
        return typed(now().run().isEmpty() ? words : words + " --run " + now().run());
    }

    /** The command with the run behind it, where it is none of here. */
    static String named(String command) {
        return now().run().isEmpty() ? command : command + " " + now().run();
    }

    /** A command as it is to be typed, within a sentence. */
    static String quoted(String words) {
        return "`" + typed(words) + "`";
    }
}
