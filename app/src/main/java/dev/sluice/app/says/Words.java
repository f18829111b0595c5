package dev.sluice.app.says;

import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.runs.ServerOptions;

import org.jspecify.annotations.Nullable;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The words of a request, read by the command's own table: which run they name, and all else. What
 * would lead out of the run's folder is refused here.
 *
 * @param options without those that say which run
 * @param run as the words name it; null where they do not
 * @param target a job or a file; null where there is none
 */
record Words(
        ServerCommand command, Arguments options, @Nullable String run, @Nullable String target) {
    private static final String RUN = "run";

    /** What belongs to the machine where the words are typed. */
    private static final List<String> NOT_HERE =
            List.of("directory", ServerOptions.SERVER, ServerOptions.TOKEN_FILE, "help");

    /** What the server does its own way. */
    private static final List<String> NOT_OF_RESUME =
            List.of("detach", "detach-on-interrupt", "python");

    /**
     * @param isRun whether a word of {@code cancel} means a run
     */
    static Words read(ServerCommand command, List<String> words, Predicate<String> isRun) {
        Arguments given = parse(command, words);
        for (String key : command == ServerCommand.RESUME ? both() : NOT_HERE) {
            if (given.has(key)) {
                throw Refusal.words(
                        "--" + key + " cannot be asked of a server",
                        "it belongs to the machine where it is typed");
            }
        }
        if (given.targets().size() > 1) {
            throw Refusal.words(
                    "`"
                            + command.word()
                            + "` takes one word beside its options, not `"
                            + String.join(" ", given.targets())
                            + "`",
                    command == ServerCommand.EXPLAIN
                            ? "a server explains by the run's own command line"
                            : null);
        }
        String word = given.targets().isEmpty() ? null : given.targets().getFirst();
        String run = given.last(RUN);
        Arguments options = new Arguments(given.without(List.of(RUN)).values(), List.of());
        return switch (command) {
            case RUNS -> new Words(command, options, null, word);
            case STATUS, ATTACH, RESUME -> new Words(command, options, word, null);
            case CANCEL ->
                    run == null && word != null && isRun.test(word)
                            ? new Words(command, options, word, null)
                            : new Words(command, options, run, word);
            case LOGS -> new Words(command, options, run, word);
            case EXPLAIN, HISTORY -> new Words(command, options, run, inside(word));
        };
    }

    private static Arguments parse(ServerCommand command, List<String> words) {
        if (command == ServerCommand.EXPLAIN && words.contains("--")) {
            throw Refusal.words("a server explains by the run's own command line", null);
        }
        try {
            return ArgumentParser.parse(command.options(), words);
        } catch (UsageError e) {
            throw Refusal.words(e.text(), e.hint());
        }
    }

    private static List<String> both() {
        var keys = new ArrayList<>(NOT_HERE);
        keys.addAll(NOT_OF_RESUME);
        return keys;
    }

    /** A file is looked at on the disk: it has to lie in the run's folder. */
    private static @Nullable String inside(@Nullable String word) {
        if (word == null) {
            return null;
        }
        try {
            Path path = Path.of(word);
            if (!path.isAbsolute() && !path.normalize().startsWith("..")) {
                return word;
            }
        } catch (InvalidPathException e) {
            // It is no file anywhere.
        }
        throw Refusal.words(
                "`" + word + "` is not in the run's folder",
                "files are named as the workflow does, from its working folder");
    }

    /** For the command itself, of the run with this id. */
    List<String> of(String id) {
        var words = new ArrayList<>(options.optionWords());
        switch (command) {
            case RUNS, RESUME -> {}
            case STATUS, ATTACH -> words.add(id);
            case CANCEL -> {
                if (target == null) {
                    words.add(id);
                } else {
                    words.addAll(List.of("--" + RUN, id, target));
                }
            }
            case LOGS, EXPLAIN, HISTORY -> {
                words.addAll(List.of("--" + RUN, id));
                if (target != null) {
                    words.add(target);
                }
            }
        }
        return words;
    }
}
