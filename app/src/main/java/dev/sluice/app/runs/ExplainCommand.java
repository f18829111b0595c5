package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.Life;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code sluice explain}: why a job runs, or why it does not run yet. Loads the workflow and plans
 * it, as the run did, against what is on disk now. Runs nothing and writes nothing.
 */
public final class ExplainCommand {
    private static final OptionTable TABLE =
            Asked.table(
                    "explain",
                    Asked.option(
                            List.of("--run"),
                            Option.Arity.ONE,
                            "RUN",
                            "the run that is meant; default: the latest"));

    private final Terminal terminal;
    private final Path folder;
    private final ExplainWorkflow.Opener opener;
    private final Times times;

    public ExplainCommand(
            Terminal terminal,
            Path folder,
            Map<String, String> environment,
            ExplainWorkflow.Opener opener) {
        this(terminal, folder, opener, Times.ofHere());
    }

    ExplainCommand(Terminal terminal, Path folder, ExplainWorkflow.Opener opener, Times times) {
        this.terminal = terminal;
        this.folder = folder;
        this.opener = opener;
        this.times = times;
    }

    /** Its options, for whoever reads its words elsewhere. */
    public static OptionTable options() {
        return TABLE;
    }

    public static String help() {
        return """
        Says why a job runs, or why it does not run yet: in one sentence, then the chain to its root.

        Usage: sluice explain [OPTIONS] JOB|FILE [-- WORDS OF sluice run]

        The workflow is planned by the command line of the run; with words behind `--`, or where
        there is no run, by those. Nothing is run and nothing is written.
        """
                + Asked.JOB_HELP
                + """

                Options
                      --run RUN         the run that is meant (default: the latest)
                """
                + Asked.COMMON_HELP;
    }

    public int run(List<String> words) {
        int end = words.indexOf("--");
        Asked asked = Asked.read(TABLE, folder, end < 0 ? words : words.subList(0, end));
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        String word = asked.one("job or a file");
        List<String> own = end < 0 ? null : words.subList(end + 1, words.size());
        try {
            return explain(asked, word, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int explain(Asked asked, String word, @Nullable List<String> own) throws IOException {
        RunFolder run = own == null ? runOf(asked) : null;
        RunView view = run == null ? new RunView() : RunView.of(run);
        Life life = view.head().lastLife();
        if (run == null || life == null) {
            return explain(asked, word, null, view, inFolder(asked, own), asked.folder());
        }
        return explain(
                asked,
                word,
                run,
                view,
                life.argv(),
                ExplainRun.launchFolder(run, view.head(), life));
    }

    private static @Nullable RunFolder runOf(Asked asked) {
        String named = asked.given().last("run");
        return named == null && RunChoice.known(asked.workdir()).isEmpty()
                ? null
                : RunChoice.of(asked.workdir(), named);
    }

    /** {@code -d} of explain is also that of the workflow, unless its words have their own. */
    private static List<String> inFolder(Asked asked, @Nullable List<String> own) {
        List<String> words = own == null ? List.of() : own;
        boolean says = words.contains("-d") || words.contains("--directory");
        if (says || asked.workdir().equals(asked.folder())) {
            return words;
        }
        var all = new ArrayList<>(List.of("--directory", asked.workdir().toString()));
        all.addAll(words);
        return all;
    }

    private int explain(
            Asked asked,
            String word,
            @Nullable RunFolder run,
            RunView view,
            List<String> words,
            Path launchFolder)
            throws IOException {
        try (ExplainWorkflow workflow = opener.open(words, launchFolder)) {
            if (workflow == null) {
                return ExitCode.BAD_INPUT;
            }
            RunStanding standing = run == null ? null : RunStanding.of(run, view.head());
            Explanation found =
                    new ExplainAnswer(workflow, view, run, standing, times)
                            .of(word, asked.folder());
            var report = new ExplainReport(terminal, word, run);
            if (asked.json()) {
                report.json(found);
            } else {
                report.text(found);
            }
            return ExitCode.DONE;
        }
    }
}
