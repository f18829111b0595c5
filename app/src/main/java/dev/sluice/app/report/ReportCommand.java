package dev.sluice.app.report;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.runs.RunChoice;
import dev.sluice.engine.journal.RunFolder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** {@code sluice report}: a run as one HTML file. Only reads the run. */
public final class ReportCommand {
    private static final OptionTable TABLE =
            new OptionTable(
                    "report",
                    List.of(
                            option(List.of("--output", "-o"), Option.Arity.ONE, "FILE", "the file"),
                            option(List.of("--title"), Option.Arity.ONE, "TEXT", "its heading"),
                            option(
                                    List.of("--directory", "-d"),
                                    Option.Arity.ONE,
                                    "DIR",
                                    "the working folder of the runs; default: this one"),
                            option(List.of("--help", "-h"), Option.Arity.SWITCH, "", "this page")));

    private final Terminal terminal;
    private final Path folder;
    private final String version;

    /**
     * @param folder where it was typed
     * @param version of Sluice
     */
    public ReportCommand(Terminal terminal, Path folder, String version) {
        this.terminal = terminal;
        this.folder = folder;
        this.version = version;
    }

    public static String help() {
        return """
        Makes a report of a run: one HTML file that needs no server and no network.

        Usage: sluice report [RUN] -o FILE [OPTIONS]

        RUN is the id of a run, the beginning of one, or `latest`; left out: the latest.
        A run that goes on is told as it is now. A FILE that is there already is replaced.

        Options
          -o, --output FILE     the file
              --title TEXT      its heading (default: the run's id)
          -d, --directory DIR   the working folder of the runs (default: this one)
          -h, --help            this page
        """;
    }

    public int run(List<String> words) {
        Arguments given = ArgumentParser.parse(TABLE, words);
        if (given.has("help")) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        String output = given.last("output");
        if (output == null) {
            throw new UsageError(
                    "`sluice report` expects a file to write: -o FILE",
                    "such as `sluice report -o report.html`");
        }
        if (given.targets().size() > 1) {
            throw new UsageError(
                    "`sluice report` takes one run, not `"
                            + String.join(" ", given.targets())
                            + "`",
                    "see `sluice report --help`");
        }
        String word = given.targets().isEmpty() ? null : given.targets().getFirst();
        RunFolder run = RunChoice.of(workdir(given), word);
        Path file = folder.resolve(output);
        Report report =
                Report.of(run, given.last("title", ""), version, System.currentTimeMillis());
        write(report, file);
        terminal.err()
                .println(
                        "Wrote "
                                + output
                                + ": run "
                                + run.id()
                                + ", "
                                + report.jobs()
                                + (report.jobs() == 1 ? " job, " : " jobs, ")
                                + size(file)
                                + ".");
        return ExitCode.DONE;
    }

    private Path workdir(Arguments given) {
        String directory = given.last("directory");
        Path workdir = directory == null ? folder : folder.resolve(directory).normalize();
        if (!Files.isDirectory(workdir)) {
            throw new UsageError(
                    "there is no folder " + directory, "-d names the working folder of the runs");
        }
        return workdir;
    }

    /** As a whole or not at all: written beside it, then moved there. */
    private static void write(Report report, Path file) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16)) {
                report.writeTo(out);
            }
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(beside);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw new UsageError(
                    "cannot write " + file + ": " + reason(e), "-o names a file that can be made");
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such folder"
                : e instanceof java.nio.file.AccessDeniedException
                        ? "it is not allowed"
                        : String.valueOf(e.getMessage());
    }

    private static String size(Path file) {
        try {
            double kilobytes = Files.size(file) / 1000.0;
            return kilobytes < 1000
                    ? Math.round(kilobytes) + " kB"
                    : String.format(Locale.ROOT, "%.1f MB", kilobytes / 1000);
        } catch (IOException gone) {
            return "gone again";
        }
    }

    private static Option option(
            List<String> names, Option.Arity arity, String metavar, String help) {
        return new Option(
                names,
                arity,
                metavar,
                Option.Section.INSPECTION,
                Option.Support.BUILT,
                help,
                List.of());
    }
}
