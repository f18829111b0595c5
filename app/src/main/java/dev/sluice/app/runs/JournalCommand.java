package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.OptionTable;
import dev.sluice.dsl.diagnostic.Spelling;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.journal.RunFolder;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code sluice journal dump} and {@code sluice journal check}: the facts themselves. Only reads.
 */
public final class JournalCommand {
    private static final int CHECK_READER_EVERY = 1000;
    private static final List<String> PARTS = List.of("dump", "check");
    private static final OptionTable TABLE = Asked.localTable("journal");

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;

    /** Nobody reads any more what is printed. */
    private static final class Unread extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unread() {
            super(null, null, false, false);
        }
    }

    public JournalCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
    }

    public static String help() {
        return """
        Shows and verifies the journals of runs: the files of facts that all else is made from.

        Usage: sluice journal dump [RUN] [OPTIONS]     every fact of a run, one JSON object a line
               sluice journal check [RUN] [OPTIONS]    whether journals can be read whole: all of
                                                       them, or that of one run

        """
                + Asked.RUN_HELP
                + """

                `check` answers 0 where all is well, also where a crash left the last record incomplete (it
                counts for nothing, and the next engine cuts it off), and 1 where a journal is damaged.

                Options
                """
                + Asked.LOCAL_HELP;
    }

    public int run(List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        List<String> targets = asked.given().targets();
        String part = targets.isEmpty() ? "" : targets.getFirst();
        if (targets.size() > 2) {
            throw new UsageError(
                    "`sluice journal " + part + "` takes one run", "see `sluice journal --help`");
        }
        String run = targets.size() > 1 ? targets.getLast() : null;
        return switch (part) {
            case "dump" -> dump(RunChoice.of(asked.workdir(), run));
            case "check" ->
                    check(
                            asked,
                            run == null
                                    ? RunChoice.all(asked.workdir())
                                    : List.of(RunChoice.of(asked.workdir(), run)));
            default -> throw unknown(part);
        };
    }

    private static UsageError unknown(String part) {
        return new UsageError(
                part.isEmpty()
                        ? "`sluice journal` expects what to do"
                        : "`sluice journal` does not know `" + part + "`",
                Spelling.nearest(part, PARTS)
                        .map(near -> "did you mean `sluice journal " + near + "`?")
                        .orElse("`sluice journal dump [RUN]` or `sluice journal check [RUN]`"));
    }

    private int dump(RunFolder run) {
        var json = new JsonLines(terminal.out());
        int[] printed = {0};
        try {
            JournalReader.read(run.journal(), 0, entry -> print(json, entry, printed));
            return ExitCode.DONE;
        } catch (Unread gone) {
            return ExitCode.DONE;
        } catch (JournalUnreadable e) {
            throw new UsageError(
                    String.valueOf(e.getMessage()),
                    "the facts before that were printed; `sluice journal check` looks at all runs");
        }
    }

    private static void print(JsonLines json, Entry entry, int[] printed) {
        json.line(out -> FactJson.write(out, entry));
        if (++printed[0] % CHECK_READER_EVERY == 0 && json.isUnread()) {
            throw new Unread();
        }
    }

    private int check(Asked asked, List<RunFolder> runs) {
        List<JournalCheck> checks = runs.stream().map(JournalCheck::of).toList();
        if (asked.json()) {
            var json = new JsonLines(terminal.out());
            for (JournalCheck check : checks) {
                json.line(
                        out -> {
                            out.writeStringField("run", check.run().id());
                            out.writeStringField(
                                    "state", check.state().name().toLowerCase(Locale.ROOT));
                            out.writeNumberField("facts", check.facts());
                            JsonLines.number(out, "bytes", check.bytes());
                            JsonLines.number(out, "whole_bytes", check.wholeBytes());
                            JsonLines.number(out, "damaged_at", check.damagedAt());
                            JsonLines.text(out, "message", check.message());
                        });
            }
        } else {
            text(checks);
        }
        boolean damaged =
                checks.stream().anyMatch(check -> check.state() == JournalCheck.State.DAMAGED);
        return damaged ? ExitCode.JOB_FAILED : ExitCode.DONE;
    }

    private void text(List<JournalCheck> checks) {
        Screen screen = Screen.of(terminal, environment);
        for (JournalCheck check : checks) {
            String read =
                    check.facts()
                            + (check.facts() == 1 ? " fact, " : " facts, ")
                            + check.bytes()
                            + " bytes";
            String verdict =
                    switch (check.state()) {
                        case WHOLE -> screen.green("whole") + ": " + read;
                        case TORN ->
                                screen.green("whole")
                                        + ": "
                                        + read
                                        + ", the last "
                                        + (check.bytes() - check.wholeBytes())
                                        + " of an incomplete record (harmless: a crash leaves it,"
                                        + " or it is being written)";
                        case DAMAGED ->
                                screen.red("damaged")
                                        + ": "
                                        + check.message()
                                        + "; "
                                        + read
                                        + ", the facts before it can be read";
                    };
            terminal.out().println(check.run().id() + "  " + verdict);
        }
    }
}
