package dev.sluice.app.remote;

import dev.sluice.app.cli.SnakemakeOptions;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.runs.ServerOptions;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was asked of {@code submit}: its own options, and those of {@code run} that are for the
 * server.
 *
 * @param own how it is submitted
 * @param workflow the folder or the Snakefile, as it is called from here
 * @param run what the server is to be told: options and targets of {@code sluice run}
 */
record SubmitWords(Server server, Arguments own, Path workflow, Arguments run) {
    static final String NAME = "name";
    static final String WAIT = "wait";
    static final String UPDATE = "update";
    static final String SECRETS = "include-secrets";
    static final String DRY_RUN = "dry-run";
    static final String JSON = "json";

    /** Options of {@code run} that mean something here, or belong to the server. */
    private static final Set<String> OURS = Set.of(DRY_RUN, JSON);

    private static final Map<String, String> NOT_THERE =
            Map.of(
                    "directory", "a submitted workflow works in a folder of its own",
                    "detach", "a submitted run goes on by itself; --wait follows it",
                    "detach-on-interrupt", "a submitted run goes on by itself",
                    "nolock", "the server keeps runs apart",
                    "unlock", "the server keeps runs apart");

    /** Its own options, in the order in which help lists them. */
    static final List<Option> OWN =
            List.of(
                    option(
                            List.of("--" + NAME),
                            Option.Arity.ONE,
                            "NAME",
                            "what the run is called"),
                    option(
                            List.of("--" + WAIT, "-w"),
                            Option.Arity.SWITCH,
                            "",
                            "follow the run and end as it does"),
                    option(
                            List.of("--" + UPDATE),
                            Option.Arity.ONE,
                            "RUN",
                            "replace files of this run instead of making one"),
                    option(
                            List.of("--" + SECRETS),
                            Option.Arity.SWITCH,
                            "",
                            "send what looks like passwords and keys, too"),
                    option(List.of("--help", "-h"), Option.Arity.SWITCH, "", "this page"));

    private static Option option(
            List<String> names, Option.Arity arity, String metavar, String help) {
        return new Option(
                names,
                arity,
                metavar,
                Option.Section.EXECUTION,
                Option.Support.BUILT,
                help,
                List.of());
    }

    static OptionTable table() {
        var options = new ArrayList<>(OWN);
        options.addAll(ServerOptions.ALL);
        Set<String> taken =
                Set.copyOf(options.stream().flatMap(option -> option.names().stream()).toList());
        for (Option option : SnakemakeOptions.table().all()) {
            if (option.names().stream().noneMatch(taken::contains)) {
                options.add(option);
            }
        }
        return new OptionTable("submit", options);
    }

    static SubmitWords read(List<String> words, Path folder, Map<String, String> environment) {
        Arguments given = ArgumentParser.parse(table(), words);
        Server.Named named = Server.of(given, folder, environment);
        Arguments rest = named.given();
        NOT_THERE.forEach(
                (key, why) -> {
                    if (rest.has(key)) {
                        throw new UsageError("--" + key + " does not go with `submit`", why);
                    }
                });
        SnakemakeOptions.refuseWhatIsNotBuilt(rest);
        var targets = new ArrayList<>(rest.targets());
        Path workflow = folder;
        if (!targets.isEmpty() && isWorkflow(targets.getFirst(), folder)) {
            workflow = folder.resolve(targets.removeFirst());
        }
        List<String> own = OWN.stream().map(Option::key).toList();
        var run = new Arguments(rest.without(OURS).without(own).values(), targets);
        var asked = new SubmitWords(named.server(), rest, workflow.normalize(), run);
        asked.check();
        return asked;
    }

    /** A folder with a Snakefile, or one itself; else the word is a target. */
    private static boolean isWorkflow(String word, Path folder) {
        Path path = path(word, folder);
        if (path == null || path.equals(folder)) {
            return path != null;
        }
        if (!path.startsWith(folder) && !Files.exists(path)) {
            throw new UsageError(
                    "there is no workflow `" + word + "`",
                    "a folder or a Snakefile goes first; targets lie in the workflow's folder");
        }
        if (Files.isDirectory(path) && !path.startsWith(folder)) {
            // What is wrong with it is said when it is packed.
            return true;
        }
        if (Files.isRegularFile(path)) {
            String name = String.valueOf(path.getFileName());
            return name.endsWith("nakefile") || name.endsWith(".smk");
        }
        return SnakemakeOptions.SNAKEFILES.stream()
                .anyMatch(name -> Files.isRegularFile(path.resolve(name)));
    }

    private static @Nullable Path path(String word, Path folder) {
        try {
            return folder.resolve(word).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void check() {
        if (!own.has(UPDATE)) {
            return;
        }
        for (String key : List.of(NAME, WAIT, DRY_RUN)) {
            if (own.has(key)) {
                throw new UsageError("--" + key + " does not go with --update");
            }
        }
        if (!run.values().isEmpty() || !run.targets().isEmpty()) {
            throw new UsageError(
                    "--update replaces files only, and takes no words of `sluice run`",
                    "what is to be different is said to `sluice resume`");
        }
    }

    /** In front, where no option takes them for its own. */
    List<String> runWords() {
        var words = new ArrayList<>(run.targets());
        words.addAll(run.optionWords());
        return words;
    }
}
