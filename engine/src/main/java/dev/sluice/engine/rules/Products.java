package dev.sluice.engine.rules;

import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.OutputIndex;

import java.util.ArrayList;
import java.util.List;

/** What rules make: outputs, logs and benchmarks as patterns with the rule's constraints. */
public final class Products {
    private Products() {}

    /**
     * Finds the rules of a book by what they make; a match's {@code rule} is the rule's place in
     * the book.
     */
    public static OutputIndex index(RuleBook book) {
        OutputIndex.Builder builder = new OutputIndex.Builder();
        for (int i = 0; i < book.rules().size(); i++) {
            for (FilePattern pattern : of(book.rules().get(i))) {
                builder.add(i, pattern);
            }
        }
        return builder.build();
    }

    /** Outputs, then logs, then the benchmark. */
    public static List<FilePattern> of(Rule rule) {
        List<FilePattern> patterns = new ArrayList<>();
        for (Item.Path path : paths(rule)) {
            patterns.add(pattern(rule, path.text()));
        }
        return patterns;
    }

    static List<Item.Path> paths(Rule rule) {
        List<Item> items = new ArrayList<>(rule.output().items());
        items.addAll(rule.log().items());
        if (rule.benchmark() != null) {
            items.add(rule.benchmark());
        }
        List<Item.Path> paths = new ArrayList<>();
        for (Item item : items) {
            if (item instanceof Item.Path path) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** A pattern of the rule with the constraints that the rule and the workflow give. */
    public static FilePattern pattern(Rule rule, String text) {
        return FilePattern.of(text, rule.constraints());
    }
}
