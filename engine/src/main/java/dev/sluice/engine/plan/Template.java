package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Action;

import org.jspecify.annotations.Nullable;

/** A text of a job that is still to be formatted; {@code what} names it in messages. */
public record Template(JobSettings job, String what, String text) {
    /** The shell command, or null where the rule has none. */
    public static @Nullable Template shell(JobSettings job) {
        return switch (job.job().rule().action()) {
            case Action.Shell shell -> new Template(job, "shell", shell.command());
            case Action.Run run -> null;
            case Action.Script script -> null;
            case Action.None none -> null;
        };
    }

    /** The path of the script, notebook, wrapper or template, or null where the rule has none. */
    public static @Nullable Template script(JobSettings job) {
        return switch (job.job().rule().action()) {
            case Action.Script script -> new Template(job, script.kind(), script.path());
            case Action.Shell shell -> null;
            case Action.Run run -> null;
            case Action.None none -> null;
        };
    }

    /** The rule's {@code message:}, or null. */
    public static @Nullable Template message(JobSettings job) {
        String message = job.job().rule().options().message();
        return message == null ? null : new Template(job, "message", message);
    }
}
