package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was asked of a command over runs; holds what such commands have in common.
 *
 * @param folder where the user stands
 * @param workdir where the runs are
 */
record Asked(String command, Arguments given, Path folder, Path workdir) {
    private static final Option DIRECTORY =
            option(
                    List.of("--directory", "-d"),
                    Option.Arity.ONE,
                    "DIR",
                    "the working folder of the runs; default: this one");

    private static final Option JSON =
            option(List.of("--json"), Option.Arity.SWITCH, "", "for programs: see docs/json.md");

    private static final Option HELP =
            option(List.of("--help", "-h"), Option.Arity.SWITCH, "", "this page");

    /** The last lines of the help of a command over folders of this machine only. */
    static final String LOCAL_HELP =
            """
              -d, --directory DIR   the working folder of the runs (default: this one)
                  --json            for programs: JSON, one object a line
              -h, --help            this page
            """;

    /** The last lines of the help of each command that can ask a server. */
    static final String COMMON_HELP =
            """
                  --server [URL]    of the runs of a server (default: $SLUICE_SERVER)
                  --token-file FILE whose first line the server is shown (default: $SLUICE_TOKEN)
            """
                    + LOCAL_HELP;

    static final String RUN_HELP =
            """
            RUN is the id of a run, the beginning of one, or `latest`; left out: the latest.
            """;

    static final String JOB_HELP =
            """
            JOB is one of: an output file; the name of a rule that has one job; RULE:WILDCARD=VALUE,…;
            the key of a job or its beginning (four letters at least); the name of an attempt.
            """;

    /** Of a command that can also be asked of a server. */
    static OptionTable table(String command, Option... own) {
        var options = new ArrayList<>(List.of(own));
        options.addAll(ServerOptions.ALL);
        options.addAll(List.of(DIRECTORY, JSON, HELP));
        return new OptionTable(command, options);
    }

    /** Of a command over folders of this machine only. */
    static OptionTable localTable(String command) {
        return new OptionTable(command, List.of(DIRECTORY, JSON, HELP));
    }

    static Option option(List<String> names, Option.Arity arity, String metavar, String help) {
        return new Option(
                names,
                arity,
                metavar,
                Option.Section.INSPECTION,
                Option.Support.BUILT,
                help,
                List.of());
    }

    static Asked read(OptionTable table, Path folder, List<String> words) {
        Arguments given = ArgumentParser.parse(table, words);
        ServerOptions.refuse(given);
        String directory = given.last("directory");
        Path workdir = directory == null ? folder : folder.resolve(directory).normalize();
        if (!Files.isDirectory(workdir)) {
            throw new UsageError(
                    "there is no folder " + directory, "-d names the working folder of the runs");
        }
        return new Asked(table.command(), given, folder, workdir);
    }

    boolean help() {
        return given.has("help");
    }

    boolean json() {
        return given.has("json");
    }

    /** The one word that may stand beside the options, or null. */
    @Nullable String only(String what) {
        if (given.targets().size() > 1) {
            throw new UsageError(
                    "`sluice " + command + "` takes one " + what + ", not `" + both() + "`",
                    "see `sluice " + command + " --help`");
        }
        return given.targets().isEmpty() ? null : given.targets().getFirst();
    }

    /** The one word that has to stand beside the options. */
    String one(String what) {
        String word = only(what);
        if (word == null) {
            throw new UsageError(
                    "`sluice " + command + "` expects a " + what,
                    "see `sluice " + command + " --help`");
        }
        return word;
    }

    /** What has to stand behind a command that is to look where this one did. */
    String where() {
        return workdir.equals(folder) ? "" : " -d " + given.last("directory", "");
    }

    private String both() {
        return String.join(" ", given.targets());
    }
}
