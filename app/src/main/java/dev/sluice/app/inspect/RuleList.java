package dev.sluice.app.inspect;

import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.rules.Products;
import dev.sluice.engine.rules.Rule;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Rules by name with what their docstrings say. */
final class RuleList {
    private RuleList() {}

    static String of(List<Rule> rules) {
        return rules.stream()
                .sorted(Comparator.comparing(Rule::name))
                .map(RuleList::line)
                .collect(Collectors.joining());
    }

    /** Whether a job of the rule is determined by the rule's name alone. */
    static boolean isTarget(Rule rule) {
        return Products.of(rule).stream().noneMatch(FilePattern::hasWildcards);
    }

    private static String line(Rule rule) {
        String docstring = rule.docstring() == null ? "" : rule.docstring().strip();
        return docstring.isEmpty() ? rule.name() + "\n" : rule.name() + " (" + docstring + ")\n";
    }
}
