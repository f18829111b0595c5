package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Makes views of jobs out of the columns. */
final class JobViews {
    private static final int KEY_CHARACTERS = 32;

    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final @Nullable String[] groups;
    private final Evaluator evaluator;

    JobViews(
            PlanColumns columns,
            RulePatterns patterns,
            @Nullable String[] groups,
            Evaluator evaluator) {
        this.columns = columns;
        this.patterns = patterns;
        this.groups = groups;
        this.evaluator = evaluator;
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

    /** A log that is a function costs a round trip each time: there are few. */
    private NamedList<JobFile> log(Rule rule, Wildcards wildcards) {
        List<JobFile> files = new ArrayList<>();
        List<NamedList.Name> names = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (Item item : rule.log().items()) {
            starts.add(files.size());
            switch (item) {
                case Item.Path path -> files.add(file(path, wildcards));
                case Item.Function function -> files.addAll(answered(rule, function, wildcards));
            }
        }
        starts.add(files.size());
        for (NamedList.Name name : rule.log().names()) {
            int start = starts.get(name.start());
            int end = name.single() ? -1 : starts.get(name.end());
            names.add(new NamedList.Name(name.name(), start, end));
        }
        return new NamedList<>(files, names);
    }

    private List<JobFile> answered(Rule rule, Item.Function function, Wildcards wildcards) {
        JobArguments arguments =
                new JobArguments(
                        rule.name(),
                        wildcards.toMap(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        1,
                        null,
                        0);
        Call call = new Call(function.function(), Call.Expect.FILES, arguments);
        List<JobFile> files = new ArrayList<>();
        if (evaluator.call(List.of(call)).getFirst() instanceof Answer.Files answer) {
            answer.files().items().forEach(path -> files.add(file(path, wildcards)));
        }
        return files;
    }

    private static JobFile file(Item.Path path, Wildcards wildcards) {
        return new JobFile(FilePattern.of(path.text()).apply(wildcards), path.flags());
    }

    private static @Nullable JobFile benchmark(Rule rule, Wildcards wildcards) {
        return rule.benchmark() instanceof Item.Path path ? file(path, wildcards) : null;
    }
}
