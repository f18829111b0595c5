package dev.sluice.app.cli;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Numbers;
import dev.sluice.app.options.Pairs;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.python.LoadSettings;
import dev.sluice.engine.rules.ResourceOptions;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Turns options into what the engine is asked: with what to load the workflow, and what to plan.
 */
final class Requests {
    private static final Pattern BATCH = Pattern.compile("([^=]+)=(\\d+)/(\\d+)");

    private final RunOptions options;
    private final Arguments given;

    Requests(RunOptions options) {
        this.options = options;
        this.given = options.given();
    }

    LoadSettings load(List<String> words) {
        String python =
                given.last(
                        "python", options.environment().getOrDefault("SLUICE_PYTHON", "python3"));
        return LoadSettings.in(options.workdir())
                .withPython(python)
                .with("cores", new Value.Int(options.cores()))
                .with("workdir_given", new Value.Bool(given.has("directory")))
                .with("config_overrides", ConfigWords.read(given.all("config")))
                .with("configfiles", texts(options.configfiles()))
                .with("replace_config", new Value.Bool(given.has("replace-workflow-config")))
                .with(
                        "set_threads",
                        map(Pairs.of("set-threads", "RULE=N", given.all("set-threads"))))
                .with("set_resources", nested(setResources()))
                .with("default_resources", defaultResources())
                .with("targets", texts(given.targets()))
                .with("dryrun", new Value.Bool(options.dryRun()))
                .with("resources", numbers(resources()))
                .with(
                        "max_threads",
                        options.maxThreads() < 0
                                ? new Value.Nothing()
                                : new Value.Int(options.maxThreads()))
                .with(
                        "set_scatter",
                        numbers(Pairs.numbers("set-scatter", "NAME=N", given.all("set-scatter"))))
                .with("sdm", texts(options.deployment()))
                .with("printshellcmds", new Value.Bool(given.has("printshellcmds")))
                .with("argv", texts(words));
    }

    /** What all running jobs may use together, by name. */
    private SequencedMap<String, Integer> resources() {
        return Pairs.numbers("resources", "NAME=N", given.all("resources"));
    }

    PlanRequest plan(ResourceOptions resources) {
        return PlanRequest.of(given.targets())
                .withForcing(
                        new PlanRequest.Forcing(
                                given.has("forceall"), given.has("force"), given.all("forcerun")))
                .withCut(new PlanRequest.Cut(given.all("until"), given.all("omit-from"), batch()))
                .withResourcing(
                        new PlanRequest.Resourcing(
                                options.cores() == Integer.MAX_VALUE ? -1 : options.cores(),
                                options.maxThreads(),
                                resources.setThreads(),
                                resources.setResources(),
                                withoutTmpdir(resources.defaults()),
                                limits(),
                                tmpdir(resources.defaults())))
                .withRerun(
                        new PlanRequest.Rerun(
                                triggers(),
                                considerAncient(),
                                given.has("ignore-incomplete"),
                                true, // what a crash left half-made is always made again
                                Numbers.bytes(
                                        "max-checksum-file-size",
                                        given.last("max-checksum-file-size", "1000000"))))
                .withGrouping(
                        new PlanRequest.Grouping(
                                Pairs.of("groups", "RULE=GROUP", given.all("groups")),
                                Pairs.numbers(
                                        "group-components",
                                        "GROUP=N",
                                        given.all("group-components"))))
                .withOptions(
                        new PlanRequest.Options(
                                options.dryRun(),
                                options.touch(),
                                given.has("allow-ambiguity"),
                                tempFiles(),
                                given.all("prioritize"),
                                deployment()));
    }

    SequencedMap<String, Long> limits() {
        var limits = new LinkedHashMap<String, Long>();
        resources().forEach((name, amount) -> limits.put(name, (long) amount));
        return limits;
    }

    private PlanRequest.TempFiles tempFiles() {
        if (given.has("notemp")) {
            return PlanRequest.TempFiles.KEEP;
        }
        return given.has("all-temp")
                ? PlanRequest.TempFiles.ALL
                : PlanRequest.TempFiles.AS_DECLARED;
    }

    private EnumSet<PlanRequest.Deployment> deployment() {
        var methods = EnumSet.noneOf(PlanRequest.Deployment.class);
        for (String method : options.deployment()) {
            methods.add(
                    switch (method) {
                        case "conda" -> PlanRequest.Deployment.CONDA;
                        case "apptainer" -> PlanRequest.Deployment.CONTAINER;
                        default -> PlanRequest.Deployment.ENV_MODULES;
                    });
        }
        return methods;
    }

    private EnumSet<PlanRequest.Trigger> triggers() {
        if (!given.has("rerun-triggers")) {
            return EnumSet.allOf(PlanRequest.Trigger.class);
        }
        var triggers = EnumSet.noneOf(PlanRequest.Trigger.class);
        for (String word : given.all("rerun-triggers")) {
            triggers.add(
                    PlanRequest.Trigger.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)));
        }
        return triggers;
    }

    private SequencedMap<String, List<String>> considerAncient() {
        var byRule = new LinkedHashMap<String, List<String>>();
        Pairs.of("consider-ancient", "RULE=ITEM,…", given.all("consider-ancient"))
                .forEach((rule, items) -> byRule.put(rule, List.of(unquoted(items).split(","))));
        return byRule;
    }

    private static String unquoted(String text) {
        return text.replaceAll("^[\"']|[\"']$", "");
    }

    private PlanRequest.@Nullable Batch batch() {
        String word = given.last("batch");
        if (word == null) {
            return null;
        }
        var matcher = BATCH.matcher(word);
        if (!matcher.matches()) {
            throw new UsageError("--batch expects RULE=I/N, not `" + word + "`");
        }
        int index = Numbers.atLeast(1, "batch", matcher.group(2));
        int of = Numbers.atLeast(1, "batch", matcher.group(3));
        if (index > of) {
            throw new UsageError("--batch expects a part from 1 to " + of + ", not " + index);
        }
        return new PlanRequest.Batch(matcher.group(1), index, of);
    }

    private SequencedMap<String, SequencedMap<String, String>> setResources() {
        return Pairs.nested("set-resources", "RULE:NAME=VALUE", given.all("set-resources"));
    }

    private Value defaultResources() {
        return given.has("default-resources")
                ? texts(given.all("default-resources"))
                : new Value.Nothing();
    }

    private static SequencedMap<String, Setting> withoutTmpdir(
            SequencedMap<String, Setting> resources) {
        var rest = new LinkedHashMap<>(resources);
        if (rest.get("tmpdir") instanceof Setting.Literal) {
            rest.remove("tmpdir");
        }
        return rest;
    }

    private static @Nullable Value tmpdir(SequencedMap<String, Setting> resources) {
        return resources.get("tmpdir") instanceof Setting.Literal(Value value) ? value : null;
    }

    private static Value texts(List<String> texts) {
        return new Value.ListOf(texts.stream().<Value>map(Value.Text::new).toList());
    }

    private static Value map(SequencedMap<String, String> pairs) {
        var entries = new ArrayList<Value.Entry>();
        pairs.forEach(
                (key, text) ->
                        entries.add(new Value.Entry(new Value.Text(key), new Value.Text(text))));
        return new Value.MapOf(entries);
    }

    private static Value numbers(Map<String, Integer> pairs) {
        var entries = new ArrayList<Value.Entry>();
        pairs.forEach(
                (key, number) ->
                        entries.add(new Value.Entry(new Value.Text(key), new Value.Int(number))));
        return new Value.MapOf(entries);
    }

    private static Value nested(SequencedMap<String, SequencedMap<String, String>> byRule) {
        var entries = new ArrayList<Value.Entry>();
        byRule.forEach(
                (rule, pairs) -> entries.add(new Value.Entry(new Value.Text(rule), map(pairs))));
        return new Value.MapOf(entries);
    }

    /**
     * The Snakefile, absolute; a {@link UsageError} that says where it was looked for when there is
     * none.
     */
    static Path snakefile(Arguments given, Path launchFolder) {
        Path file = RunOptions.snakefile(given, launchFolder);
        if (file == null) {
            String directory = given.last("directory");
            if (directory != null && !Files.exists(launchFolder.resolve(directory))) {
                throw new UsageError(
                        "the folder `" + directory + "` does not exist",
                        "with a Snakefile here, or named with -s, it would be made");
            }
            throw new UsageError(
                    "there is no Snakefile here",
                    "looked for Snakefile, snakefile, workflow/Snakefile and workflow/snakefile;"
                            + " name one with -s");
        }
        return file.toAbsolutePath().normalize();
    }
}
