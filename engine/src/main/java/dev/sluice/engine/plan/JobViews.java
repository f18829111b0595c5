package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes views of jobs out of the columns. */
final class JobViews {
    private static final int KEY_CHARACTERS = 32;

    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final @Nullable String[] groups;

    JobViews(
            PlanColumns columns, RulePatterns patterns, @Nullable String[] groups) {
        this.columns = columns;
        this.patterns = patterns;
        this.groups = groups;
    }

    PlannedJob job(int job) {
        Rule rule = columns.ruleOf(job);
        Wildcards wildcards = columns.wildcardsOf(job);
        InputShape shape = columns.shapeOf(job);
        return new PlannedJob(
                job,
                key(job),
                rule,
                wildcards,
                input(job),
                output(job),
                log(rule, wildcards),
                benchmark(rule, wildcards),
                groups[job],
                shape.waits());
    }

    NamedList<JobFile> input(int job) {
        InputShape shape = columns.shapeOf(job);
        int[] inputs = columns.inputs()[job];
        List<JobFile> files = new ArrayList<>(inputs.length);
        for (int i = 0; i < inputs.length; i++) {
            files.add(new JobFile(columns.paths().text(inputs[i]), shape.flags().get(i)));
        }
        return new NamedList<>(files, shape.names());
    }

    NamedList<JobFile> output(int job) {
        Rule rule = columns.ruleOf(job);
        int[] outputs = columns.outputs()[job];
        List<JobFile> files = new ArrayList<>(outputs.length);
        for (int i = 0; i < outputs.length; i++) {
            Flags flags = patterns.outputFlags(rule, i);
            files.add(new JobFile(columns.paths().text(outputs[i]), flags));
        }
        return new NamedList<>(files, rule.output().names());
    }

    List<JobFile> filesBetween(int job, int needed) {
        List<JobFile> files = new ArrayList<>();
        int[] producers = columns.producers()[job];
        for (int i = 0; i < producers.length; i++) {
            if (producers[i] == needed) {
                String path = columns.paths().text(columns.inputs()[job][i]);
                files.add(new JobFile(path, columns.shapeOf(job).flags().get(i)));
            }
        }
        return files;
    }

    String key(int job) {
        Rule rule = columns.ruleOf(job);
        StringBuilder text = new StringBuilder(rule.name());
        columns.wildcardsOf(job)
                .toMap()
                .forEach((name, value) -> text.append('\0').append(name).append('=').append(value));
        for (int output : columns.outputs()[job]) {
            text.append('\0').append(columns.paths().text(output));
        }
        return Hashes.hex(text.toString()).substring(0, KEY_CHARACTERS);
    }

    private static NamedList<JobFile> log(Rule rule, Wildcards wildcards) {
        List<JobFile> files = new ArrayList<>();
        for (Item item : rule.log().items()) {
            files.add(file(item, wildcards));
        }
        return new NamedList<>(files, rule.log().names());
    }

    private static JobFile file(Item item, Wildcards wildcards) {
        return switch (item) {
            case Item.Path path ->
                    new JobFile(FilePattern.of(path.text()).apply(wildcards), path.flags());
            case Item.Function function ->
                    throw new IllegalStateException(
                            "log files and benchmarks are no functions: "
                                    + function.function().source());
        };
    }

    private static @Nullable JobFile benchmark(Rule rule, Wildcards wildcards) {
        Item benchmark = rule.benchmark();
        return benchmark == null ? null : file(benchmark, wildcards);
    }
}
