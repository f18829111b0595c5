package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Flags;

/** A file of a job: its path as the workflow writes it and its flags. */
public record JobFile(String path, Flags flags) {
    public boolean temporary() {
        return flags.has(Flags.TEMP);
    }

    /** A named pipe or a service: never a file that stays. */
    public boolean stream() {
        return flags.has(Flags.PIPE) || flags.has(Flags.SERVICE);
    }

    public boolean directory() {
        return flags.has(Flags.DIRECTORY);
    }
}
