package dev.sluice.app.cli;

import dev.sluice.app.options.OptionTable;
import dev.sluice.app.runs.AttachCommand;
import dev.sluice.app.runs.CancelCommand;
import dev.sluice.app.runs.ExplainCommand;
import dev.sluice.app.runs.HistoryCommand;
import dev.sluice.app.runs.LogsCommand;
import dev.sluice.app.runs.RunsCommand;
import dev.sluice.app.runs.StatusCommand;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A command that can be asked of a server, with what reads its words on either side. */
public enum ServerCommand {
    RUNS,
    STATUS,
    ATTACH,
    LOGS,
    EXPLAIN,
    HISTORY,
    CANCEL,
    RESUME;

    /** That of the name, or null. */
    public static @Nullable ServerCommand named(String word) {
        for (ServerCommand command : values()) {
            if (command.word().equals(word)) {
                return command;
            }
        }
        return null;
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(ServerCommand::word).toList();
    }

    /** As it is typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it changes what runs do; the others only look. */
    public boolean steers() {
        return this == CANCEL || this == RESUME;
    }

    public OptionTable options() {
        return switch (this) {
            case RUNS -> RunsCommand.options();
            case STATUS -> StatusCommand.options();
            case ATTACH -> AttachCommand.options();
            case LOGS -> LogsCommand.options();
            case EXPLAIN -> ExplainCommand.options();
            case HISTORY -> HistoryCommand.options();
            case CANCEL -> CancelCommand.options();
            case RESUME -> ResumeCommand.table(SnakemakeOptions.table());
        };
    }

    public String help() {
        return switch (this) {
            case RUNS -> RunsCommand.help();
            case STATUS -> StatusCommand.help();
            case ATTACH -> AttachCommand.help();
            case LOGS -> LogsCommand.help();
            case EXPLAIN -> ExplainCommand.help();
            case HISTORY -> HistoryCommand.help();
            case CANCEL -> CancelCommand.help();
            case RESUME -> Help.resume(options());
        };
    }
}
