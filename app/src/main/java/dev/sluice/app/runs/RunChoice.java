package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.dsl.diagnostic.Spelling;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.RunFolder;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which run a user means: an id, the beginning of one, {@code latest}, or nothing. */
public final class RunChoice {
    private static final int SHOWN = 10;

    private RunChoice() {}

    /**
     * The run meant by {@code word}; the latest where there is no word. Throws a {@link UsageError}
     * where it is none or several.
     */
    public static RunFolder of(Path workdir, @Nullable String word) {
        return among(all(workdir), word);
    }

    /**
     * The same among some runs.
     *
     * @param runs the oldest first, at least one
     */
    public static RunFolder among(List<RunFolder> runs, @Nullable String word) {
        if (word == null || word.isEmpty() || word.equals("latest")) {
            return runs.getLast();
        }
        List<RunFolder> meant = runs.stream().filter(run -> run.id().startsWith(word)).toList();
        for (RunFolder run : meant) {
            if (run.id().equals(word)) {
                return run;
            }
        }
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        if (meant.isEmpty()) {
            List<String> ids = runs.stream().map(RunFolder::id).toList();
            throw new UsageError(
                    "there is no run `" + word + "`",
                    Spelling.nearest(word, ids)
                            .map(near -> "did you mean " + near + "?")
                            .orElseGet(() -> hint(word, ids.getLast())));
        }
        throw new UsageError(
                "`" + word + "` could be " + meant.size() + " runs", "one of: " + some(meant));
    }

    /** As {@link #of}; without a word, the latest that somebody is at work on wins. */
    static RunFolder living(Path workdir, @Nullable String word) {
        if (word != null) {
            return of(workdir, word);
        }
        List<RunFolder> runs = all(workdir);
        for (RunFolder run : runs.reversed()) {
            if (Hold.holderOf(run) != null) {
                return run;
            }
        }
        return runs.getLast();
    }

    /** All runs that have a journal, the oldest first; a {@link UsageError} where there is none. */
    static List<RunFolder> all(Path workdir) {
        List<RunFolder> runs = known(workdir);
        if (runs.isEmpty()) {
            throw none(workdir);
        }
        return runs;
    }

    /** All runs that have a journal, the oldest first. */
    public static List<RunFolder> known(Path workdir) {
        return RunFolder.all(workdir).stream().filter(run -> Files.exists(run.journal())).toList();
    }

    /** Says that there are no runs, and where there are some. */
    static UsageError none(Path workdir) {
        return new UsageError("there are no runs in " + workdir, elsewhere(workdir));
    }

    static String elsewhere(Path workdir) {
        for (Path above = workdir.toAbsolutePath().getParent();
                above != null;
                above = above.getParent()) {
            if (!RunFolder.all(above).isEmpty()) {
                return "there are some in " + above + ": -d " + above;
            }
        }
        return "`sluice run` makes one; -d names another folder";
    }

    private static String hint(String word, String latest) {
        return Character.isDigit(word.charAt(0))
                ? AskedFrom.quoted("runs") + " lists them; the latest is " + latest
                : AskedFrom.quoted("runs")
                        + " lists them; of a job or a file: "
                        + AskedFrom.quoted("explain " + Commands.quoted(word));
    }

    private static String some(List<RunFolder> runs) {
        List<String> ids = runs.reversed().stream().limit(SHOWN).map(RunFolder::id).toList();
        return String.join(", ", ids) + (runs.size() > SHOWN ? ", …" : "");
    }
}
