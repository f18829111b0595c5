package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The inputs of one job whose rule has input functions, put together from patterns and answers. */
final class InputList {
    private final Search search;
    private final RulePatterns.Compiled rule;
    private final Wildcards wildcards;
    private final Ints paths = new Ints();
    private final Ints pins = new Ints();
    private final List<Flags> flags = new ArrayList<>();
    private final List<Boolean> targets = new ArrayList<>();
    private final List<NamedList.Name> names = new ArrayList<>();

    /** By item of the rule: where its files start. */
    private final Ints starts = new Ints();

    InputList(Search search, RulePatterns.Compiled rule, Wildcards wildcards) {
        this.search = search;
        this.rule = rule;
        this.wildcards = wildcards;
    }

    int[] paths() {
        return paths.toArray();
    }

    InputShape shape() {
        boolean[] waits = new boolean[targets.size()];
        for (int i = 0; i < waits.length; i++) {
            waits[i] = targets.get(i);
        }
        return new InputShape(List.copyOf(flags), List.copyOf(names), pins.toArray(), waits);
    }

    /** Takes the answers of the rule's functions in their order; null when all went well. */
    @Nullable Problem addAll(int candidate, List<Answer> answers) {
        List<Item> items = rule.rule().input().items();
        int next = 0;
        for (int i = 0; i < items.size(); i++) {
            starts.add(paths.size());
            FilePattern pattern = rule.input()[i];
            if (pattern != null) {
                add(pattern.apply(wildcards), rule.inputFlags().get(i), rule.inputPins()[i], false);
                continue;
            }
            Problem problem = answer(candidate, i, answers.get(next++));
            if (problem != null) {
                return problem;
            }
        }
        starts.add(paths.size());
        addDeclaredNames();
        return null;
    }

    private @Nullable Problem answer(int candidate, int item, Answer answer) {
        return switch (answer) {
            case Answer.Files files -> {
                addFiles(files.files(), rule.inputFlags().get(item));
                yield null;
            }
            case Answer.NeedsCheckpoint checkpoint -> {
                int pin = search.patterns.find(checkpoint.rule());
                add(checkpoint.target(), rule.inputFlags().get(item), pin, true);
                yield null;
            }
            case Answer.NeedsFile missing ->
                    Problems.inputFunction(search, candidate, missing.error());
            case Answer.Failed failed -> Problems.inputFunction(search, candidate, failed.error());
            case Answer.Of value -> throw unexpected(value);
            case Answer.Formatted text -> throw unexpected(text);
            case Answer.Script script -> throw unexpected(script);
        };
    }

    private static IllegalStateException unexpected(Answer answer) {
        return new IllegalStateException("an input function answered " + answer);
    }

    private void addFiles(NamedList<Item.Path> files, Flags ofFunction) {
        int start = paths.size();
        for (Item.Path file : files.items()) {
            String text = file.text();
            if (FilePattern.containsWildcard(text)) {
                text = FilePattern.of(text).apply(wildcards);
            }
            int pin = file.producer() == null ? -1 : search.patterns.find(file.producer());
            add(text, merged(file.flags(), ofFunction), pin, false);
        }
        for (NamedList.Name name : files.names()) {
            int end = name.single() ? -1 : name.end() + start;
            names.add(new NamedList.Name(name.name(), name.start() + start, end));
        }
    }

    private void add(String path, Flags itsFlags, int pin, boolean checkpointTarget) {
        paths.add(search.paths.id(path));
        flags.add(itsFlags);
        pins.add(pin);
        targets.add(checkpointTarget);
    }

    /** A file's own flags come before those of the function. */
    private static Flags merged(Flags own, Flags ofFunction) {
        if (ofFunction.values().isEmpty()) {
            return own;
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>(ofFunction.values());
        values.remove("unpack");
        values.putAll(own.values());
        return values.isEmpty() ? Flags.NONE : new Flags(values);
    }

    /** Names that the rule gives to items, moved to where the items' files are. */
    private void addDeclaredNames() {
        for (NamedList.Name declared : rule.rule().input().names()) {
            if (names.stream().anyMatch(name -> name.name().equals(declared.name()))) {
                continue;
            }
            int last = declared.single() ? declared.start() + 1 : declared.end();
            int start = starts.get(declared.start());
            int end = starts.get(last);
            boolean single = declared.single() && end == start + 1;
            names.add(new NamedList.Name(declared.name(), start, single ? -1 : end));
        }
    }
}
