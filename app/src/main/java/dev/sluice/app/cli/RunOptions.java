package dev.sluice.app.cli;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Numbers;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.Option.Support;
import dev.sluice.app.options.OptionTable;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of {@code sluice run} with their meaning: numbers read, paths resolved, defaults
 * filled in. Never touches the workflow.
 *
 * @param given the command line and the profiles, merged
 * @param launchFolder where the user stands; {@code -s} and {@code --configfile} are relative to it
 */
record RunOptions(Arguments given, Path launchFolder, Map<String, String> environment) {
    /** No option: {@code sluice resume} sets it. */
    static final String LEAVE_FAILED = "leave-failed";

    static final List<String> SNAKEFILES =
            List.of("Snakefile", "snakefile", "workflow/Snakefile", "workflow/snakefile");
    private static final Set<String> DEPLOYMENT =
            Set.of("use-conda", "use-apptainer", "use-envmodules", "software-deployment-method");

    /** The Snakefile that is meant, or null when none is named and none found. */
    static @Nullable Path snakefile(Arguments given, Path launchFolder) {
        String named = given.last("snakefile");
        if (named != null) {
            return launchFolder.resolve(named);
        }
        // Snakemake looks where the user stands; a checkout is run with -d more often, so look
        // there next.
        var folders = new ArrayList<>(List.of(launchFolder));
        String directory = given.last("directory");
        if (directory != null) {
            folders.add(launchFolder.resolve(directory));
        }
        for (Path folder : folders) {
            for (String name : SNAKEFILES) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    return folder.resolve(name);
                }
            }
        }
        return null;
    }

    /** Throws a {@link UsageError} for the first option that is Snakemake's and not built yet. */
    void refuseWhatIsNotBuilt(OptionTable table) {
        refuseWhatIsNotBuilt(given, table);
    }

    static void refuseWhatIsNotBuilt(Arguments given, OptionTable table) {
        for (Option option : table.all()) {
            if (option.support() == Support.NOT_BUILT && given.has(option.key())) {
                throw new UsageError(
                        "Sluice does not know "
                                + option.names().getFirst()
                                + " yet, an option of Snakemake",
                        "run without it; it is not ignored, so that nothing happens that you did"
                                + " not ask for");
            }
        }
        String executor = given.last("executor", "local");
        if (!Set.of("local", "dryrun", "touch").contains(executor)) {
            throw new UsageError(
                    "there is no executor `" + executor + "` yet", "built so far: local");
        }
        String storage = given.last("default-storage-provider", "none");
        if (!storage.equals("none") && !storage.isEmpty()) {
            throw new UsageError("storage providers are not built yet: `" + storage + "`");
        }
    }

    /** Methods of software deployment that were asked for, in Snakemake's words. */
    List<String> deployment() {
        var methods = new ArrayList<>(given.all("software-deployment-method"));
        if (given.has("use-conda")) {
            methods.add("conda");
        }
        if (given.has("use-apptainer")) {
            methods.add("apptainer");
        }
        if (given.has("use-envmodules")) {
            methods.add("env-modules");
        }
        return methods.stream().distinct().toList();
    }

    /** How the user asked for software environments, for a message. */
    String deploymentWords() {
        return given.values().keySet().stream()
                .filter(DEPLOYMENT::contains)
                .map(key -> "--" + key)
                .findFirst()
                .orElse("--sdm");
    }

    boolean dryRun() {
        return given.has("dry-run") || "dryrun".equals(given.last("executor"));
    }

    boolean touch() {
        return given.has("touch") || "touch".equals(given.last("executor"));
    }

    /**
     * What had failed before the run was broken off is not tried again: {@code sluice resume} of a
     * run that goes on after failures, without {@code --retry-failed}.
     */
    boolean leavesFailed() {
        return given.has(LEAVE_FAILED) && given.has("keep-going");
    }

    /** Cores to use at most: {@code -c}, else {@code -j}, else all that may be used. */
    int cores() {
        String word = given.last("cores");
        if (word == null) {
            word = given.last("jobs");
        }
        if (word == null || word.equals("all")) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (word.equals("unlimited")) {
            return Integer.MAX_VALUE;
        }
        return Numbers.atLeast(1, "cores", word);
    }

    /** Jobs at a time at most. */
    int jobs() {
        String word = given.last("jobs");
        return word == null || word.equals("unlimited") || word.equals("all")
                ? Integer.MAX_VALUE
                : Numbers.atLeast(1, "jobs", word);
    }

    int maxThreads() {
        String word = given.last("max-threads");
        return word == null ? -1 : Numbers.atLeast(1, "max-threads", word);
    }

    int retries() {
        String word = given.last("retries");
        return word == null ? 0 : Numbers.atLeast(0, "retries", word);
    }

    double latencySeconds() {
        String word = given.last("latency-wait");
        return word == null ? 5 : Numbers.seconds("latency-wait", word);
    }

    /** The folder to work in. */
    Path workdir() {
        String directory = given.last("directory");
        return directory == null ? launchFolder : launchFolder.resolve(directory).normalize();
    }

    List<String> configfiles() {
        return given.all("configfile").stream()
                .map(file -> launchFolder.resolve(file).normalize().toString())
                .toList();
    }

    /** What {@code -q} silences; empty words mean progress and rules, as in Snakemake. */
    Set<String> quiet() {
        if (!given.has("quiet")) {
            return Set.of();
        }
        List<String> words = given.all("quiet");
        return words.isEmpty() ? Set.of("progress", "rules") : Set.copyOf(words);
    }

    boolean silent(String what) {
        return quiet().contains("all") || quiet().contains(what);
    }
}
