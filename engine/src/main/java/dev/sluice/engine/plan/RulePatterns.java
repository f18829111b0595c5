package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Products;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** The patterns of every rule, parsed once, with what the request changes of their flags. */
final class RulePatterns {
    /**
     * One rule, ready for filling in wildcards.
     *
     * @param input by input item: its pattern, or null for a function
     * @param shape what jobs share; null where an input function makes each job's own
     */
    @SuppressWarnings("ArrayRecordComponent") // Read in inner loops; never compared or changed.
    record Compiled(
            Rule rule,
            List<FilePattern> products,
            List<FilePattern> outputs,
            List<Flags> outputFlags,
            @Nullable FilePattern[] input,
            List<Flags> inputFlags,
            int[] inputPins,
            @Nullable InputShape shape,
            List<String> wildcards) {
        boolean hasWildcards() {
            return !wildcards.isEmpty();
        }
    }

    private final List<Compiled> rules = new ArrayList<>();
    private final Map<String, Integer> byName = new LinkedHashMap<>();

    RulePatterns(RuleBook book, PlanRequest request) {
        for (Rule rule : book.rules()) {
            byName.put(rule.name(), rule.index());
        }
        for (Rule rule : book.rules()) {
            rules.add(compile(rule, request));
        }
    }

    Compiled of(int rule) {
        return rules.get(rule);
    }

    int size() {
        return rules.size();
    }

    /** -1 where no rule has the name. */
    int find(String name) {
        return byName.getOrDefault(name, -1);
    }

    Flags outputFlags(Rule rule, int output) {
        return of(rule.index()).outputFlags().get(output);
    }

    private Compiled compile(Rule rule, PlanRequest request) {
        List<Item> items = rule.input().items();
        @Nullable FilePattern[] input = new FilePattern[items.size()];
        List<Flags> flags = new ArrayList<>();
        int[] pins = new int[items.size()];
        Arrays.fill(pins, -1);
        boolean functions = false;
        List<String> ancient =
                request.rerun().considerAncient().getOrDefault(rule.name(), List.of());
        for (int i = 0; i < items.size(); i++) {
            flags.add(inputFlags(rule, i, items.get(i), ancient));
            switch (items.get(i)) {
                case Item.Path path -> {
                    input[i] = FilePattern.of(path.text());
                    pins[i] = path.producer() == null ? -1 : find(path.producer());
                }
                case Item.Function function -> functions = true;
            }
        }
        List<FilePattern> products = Products.of(rule);
        return new Compiled(
                rule,
                products,
                outputs(rule),
                outputFlags(rule, request),
                input,
                flags,
                pins,
                functions ? null : shape(rule, flags, pins),
                wildcards(products));
    }

    private static InputShape shape(Rule rule, List<Flags> flags, int[] pins) {
        return new InputShape(flags, rule.input().names(), pins, new boolean[pins.length]);
    }

    private static List<FilePattern> outputs(Rule rule) {
        List<FilePattern> outputs = new ArrayList<>();
        for (Item item : rule.output().items()) {
            if (item instanceof Item.Path path) {
                outputs.add(Products.pattern(rule, path.text()));
            }
        }
        return outputs;
    }

    private static List<String> wildcards(List<FilePattern> products) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (FilePattern product : products) {
            names.addAll(product.wildcards());
        }
        return List.copyOf(names);
    }

    private static List<Flags> outputFlags(Rule rule, PlanRequest request) {
        List<Flags> flags = new ArrayList<>();
        for (Item item : rule.output().items()) {
            boolean all = request.options().tempFiles() == PlanRequest.TempFiles.ALL;
            flags.add(all ? with(item.flags(), Flags.TEMP) : item.flags());
        }
        return flags;
    }

    private static Flags inputFlags(Rule rule, int index, Item item, List<String> ancient) {
        boolean named = ancient.contains(Integer.toString(index));
        for (NamedList.Name name : rule.input().names()) {
            int end = name.single() ? name.start() + 1 : name.end();
            if (index >= name.start() && index < end && ancient.contains(name.name())) {
                named = true;
            }
        }
        return named ? with(item.flags(), Flags.ANCIENT) : item.flags();
    }

    static Flags with(Flags flags, String name) {
        if (flags.has(name)) {
            return flags;
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>(flags.values());
        values.put(name, new Value.Bool(true));
        return new Flags(values);
    }
}
