package dev.sluice.app.cli;

import dev.sluice.app.options.Option;
import dev.sluice.app.options.Option.Section;
import dev.sluice.app.options.Option.Support;
import dev.sluice.app.options.OptionTable;

import java.util.List;
import java.util.stream.Collectors;

/** The help pages, made from the table of options. */
final class Help {
    private static final int LEFT = 34;
    private static final int WIDTH = 100;

    private Help() {}

    /** What {@code sluice --help} prints. */
    static String overview() {
        return """
        Sluice runs Snakemake workflows: the Snakefile as it is, no Snakemake needed.

        Usage: sluice COMMAND [OPTIONS]

        Commands
          run [TARGET…]        make the targets of the workflow in this folder, as `snakemake` does
          resume [RUN]         go on with a run that failed, was stopped or was broken off
          runs                 list the runs of this folder
          status [RUN]         how far a run is, what runs and what failed
          attach [RUN]         follow a run until it ends
          logs JOB             what a job printed; -f follows it
          explain JOB|FILE     why it runs, or why it does not run yet
          cancel [RUN|JOB]     stop a run, or one job of it
          history FILE         when, how and with what a file was made
          journal dump|check   a run's facts as JSON lines; whether its journal is sound
          report [RUN] -o FILE write a run as one HTML page that needs no server
          serve                run the controller: submissions, runs, the web view
          submit [DIR]         send a workflow to a server; --wait follows its run
          completion SHELL     print a completion script for bash, zsh or fish
          help [COMMAND]       this page, or that of a command
          version              the version (also --version)

        A first look
          sluice run -n                      what would run, and why
          sluice run -c 4                    run it on four cores
          sluice run -c 4 results/plot.svg   only what this file needs
          sluice run -n --json               the plan, one JSON object per job
          sluice run --detach                go on in the background; sluice attach follows it
          sluice resume                      go on where a run ended, whatever ended it
          sluice serve                       a server; submit DIR, status, resume take --server URL
          sluice run --help                  all options

        Exit codes
          0 done   1 a job failed   2 bad usage or a bad Snakefile   3 outputs held by another run
          70 our bug   129, 130, 143 ended by a signal
        """;
    }

    /** What {@code sluice run --help} prints. */
    static String run(OptionTable table) {
        var text = new StringBuilder();
        text.append(
                """
                Makes the targets of a Snakemake workflow: files or rules; without any, the default target.

                Usage: sluice run [TARGET…] [OPTIONS]

                Options keep Snakemake's names. Long names may be cut short while they stay unique;
                `--` ends an option that takes several words.
                """);
        for (Section section : Section.values()) {
            List<Option> shown =
                    table.all().stream()
                            .filter(option -> option.section() == section)
                            .filter(
                                    option ->
                                            option.support() == Support.BUILT
                                                    || option.support() == Support.PLAN_ONLY)
                            .toList();
            if (shown.isEmpty()) {
                continue;
            }
            text.append('\n').append(section.title()).append('\n');
            if (section == Section.DEPLOYMENT) {
                text.append(
                        "  (plans with -n; a real run stops and says that it is not built yet)\n");
            }
            shown.forEach(option -> text.append(entry(option)));
        }
        text.append("\nAccepted, without effect here\n");
        text.append(list(table, Support.NEEDLESS));
        text.append("\nSnakemake's, not built yet (an error says so)\n");
        text.append(list(table, Support.NOT_BUILT));
        return text.toString();
    }

    /** What {@code sluice resume --help} prints. */
    static String resume(OptionTable table) {
        var text = new StringBuilder();
        text.append(
                """
                Goes on with a run: the one that is named, else the latest that did not succeed.

                Usage: sluice resume [RUN] [OPTIONS]

                The Snakefile is read again with the run's own command line. Jobs that still run are
                taken over, what is finished stays, what failed is tried again. Options given here win
                over the recorded ones. RUN is the id of a run, the beginning of one, or `latest`.

                """);
        table.all().forEach(option -> text.append(entry(option)));
        return text.toString();
    }

    private static String entry(Option option) {
        String left = "  " + names(option);
        String help = option.help();
        if (!option.choices().isEmpty() && !help.contains(option.choices().getLast())) {
            help += " (" + String.join(", ", option.choices()) + ")";
        }
        String indent = " ".repeat(LEFT);
        String wrapped = wrap(help, WIDTH - LEFT, indent);
        if (left.length() >= LEFT - 1) {
            return left + "\n" + indent + wrapped + "\n";
        }
        return left + " ".repeat(LEFT - left.length()) + wrapped + "\n";
    }

    /** Short name first, at most one alias: {@code -n, --dry-run}. */
    private static String names(Option option) {
        String shortName =
                option.names().stream()
                        .filter(name -> !name.startsWith("--"))
                        .map(name -> name + ", ")
                        .findFirst()
                        .orElse("    ");
        String value =
                switch (option.arity()) {
                    case SWITCH -> "";
                    case ONE -> " " + option.metavar();
                    case OPTIONAL -> " [" + option.metavar() + "]";
                    case SOME ->
                            " " + option.metavar() + (option.metavar().endsWith("…") ? "" : "…");
                    case ANY -> " [" + option.metavar() + "…]";
                };
        return shortName + option.names().getFirst() + value;
    }

    private static String list(OptionTable table, Support support) {
        String names =
                table.all().stream()
                        .filter(option -> option.support() == support)
                        .filter(option -> option.section() != Section.INTERNAL)
                        .map(option -> option.names().getFirst())
                        .collect(Collectors.joining(" "));
        return "  " + wrap(names, WIDTH - 2, "  ") + "\n";
    }

    private static String wrap(String text, int width, String indent) {
        var result = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > width) {
                result.append('\n').append(indent);
                column = 0;
            } else if (column > 0) {
                result.append(' ');
                column++;
            }
            result.append(word);
            column += word.length();
        }
        return result.toString();
    }
}
