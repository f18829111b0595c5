package dev.sluice.engine.rules;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.engine.pattern.FilePattern;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges a rule book before anything is planned, and only by what makes every plan impossible: a
 * rule that no target needs may be as wrong as it likes in what only its jobs would show.
 */
public final class RuleChecks {
    private static final List<String> FOR_OUTPUTS =
            List.of(
                    Flags.PROTECTED,
                    Flags.TEMP,
                    "nodelocal",
                    "temporary",
                    Flags.DIRECTORY,
                    Flags.TOUCH,
                    Flags.PIPE,
                    Flags.SERVICE,
                    Flags.ENSURE,
                    Flags.UPDATE);
    private static final List<String> FOR_INPUTS = List.of(Flags.ANCIENT, Flags.BEFORE_UPDATE);

    private final Places places;
    private final List<Diagnostic> found = new ArrayList<>();

    private RuleChecks(Places places) {
        this.places = places;
    }

    /** All that is wrong, or odd, with the rules as they are declared. */
    public static List<Diagnostic> of(RuleBook book, Places places) {
        RuleChecks checks = new RuleChecks(places);
        book.rules().forEach(checks::rule);
        checks.names(book);
        return checks.found;
    }

    private void rule(Rule rule) {
        outputsArePaths(rule);
        if (patternsAreGood(rule)) {
            sameWildcards(rule);
        }
        noDoubleOutput(rule);
        inputsHaveNoConstraints(rule);
        flags(rule, "input", rule.input(), FOR_OUTPUTS, "outputs, not for inputs");
        flags(rule, "output", rule.output(), FOR_INPUTS, "inputs, not for outputs");
    }

    private void outputsArePaths(Rule rule) {
        for (Item item : rule.output().items()) {
            if (item instanceof Item.Function function) {
                found.add(
                        Diagnostic.of(
                                RuleCode.FUNCTION_AS_OUTPUT,
                                "an output of the rule "
                                        + rule.name()
                                        + " is a function, "
                                        + function.function().source(),
                                places.of(rule, "output", "")));
            }
        }
    }

    private boolean patternsAreGood(Rule rule) {
        boolean good = true;
        for (Named product : products(rule)) {
            String problem = FilePattern.problem(product.text, rule.constraints());
            if (problem != null) {
                good = false;
                found.add(
                        Diagnostic.of(
                                RuleCode.BAD_WILDCARD_CONSTRAINT,
                                "in `"
                                        + product.text
                                        + "` of the rule "
                                        + rule.name()
                                        + ": "
                                        + problem,
                                places.of(rule, product.directive, product.text)));
            }
        }
        return good;
    }

    private record Named(String directive, String text) {}

    private static List<Named> products(Rule rule) {
        List<Named> products = new ArrayList<>();
        paths(rule.output()).forEach(text -> products.add(new Named("output", text)));
        paths(rule.log()).forEach(text -> products.add(new Named("log", text)));
        if (rule.benchmark() instanceof Item.Path path) {
            products.add(new Named("benchmark", path.text()));
        }
        return products;
    }

    private static List<String> paths(NamedList<Item> items) {
        List<String> texts = new ArrayList<>();
        for (Item item : items.items()) {
            if (item instanceof Item.Path path) {
                texts.add(path.text());
            }
        }
        return texts;
    }

    private void sameWildcards(Rule rule) {
        List<Named> products = products(rule);
        for (Named product : products) {
            Set<String> first = new TreeSet<>(FilePattern.wildcardNames(products.getFirst().text));
            Set<String> these = new TreeSet<>(FilePattern.wildcardNames(product.text));
            if (!first.equals(these)) {
                String message =
                        "the %s `%s` of the rule %s has %s, but `%s` has %s"
                                .formatted(
                                        product.directive,
                                        product.text,
                                        rule.name(),
                                        wildcards(these),
                                        products.getFirst().text,
                                        wildcards(first));
                found.add(
                        Diagnostic.of(
                                        RuleCode.DIFFERENT_WILDCARDS,
                                        message,
                                        places.of(rule, product.directive, product.text))
                                .withHint(
                                        "outputs, logs and the benchmark of a rule need the same"
                                            + " wildcards, else two jobs would write one file"));
                return;
            }
        }
    }

    private static String wildcards(Set<String> names) {
        return switch (names.size()) {
            case 0 -> "no wildcard";
            case 1 -> "the wildcard " + names.iterator().next();
            default -> "the wildcards " + String.join(", ", names);
        };
    }

    private void noDoubleOutput(Rule rule) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String text : paths(rule.output())) {
            if (!text.isEmpty() && seen.putIfAbsent(text, text) != null) {
                found.add(
                        Diagnostic.of(
                                RuleCode.DUPLICATE_OUTPUT,
                                "the rule " + rule.name() + " has the output `" + text + "` twice",
                                places.of(rule, "output", text)));
                return;
            }
        }
    }

    private void inputsHaveNoConstraints(Rule rule) {
        for (String text : paths(rule.input())) {
            if (text.indexOf('{') >= 0 && FilePattern.containsConstraint(text)) {
                found.add(
                        Diagnostic.of(
                                RuleCode.IGNORED_CONSTRAINT,
                                "the wildcard constraint in the input `"
                                        + text
                                        + "` of the rule "
                                        + rule.name()
                                        + " has no effect",
                                places.of(rule, "input", text)));
            }
        }
    }

    private void flags(
            Rule rule,
            String directive,
            NamedList<Item> items,
            List<String> wrong,
            String meantFor) {
        for (Item item : items.items()) {
            for (String flag : wrong) {
                if (item.flags().has(flag)) {
                    String text = item instanceof Item.Path path ? path.text() : "";
                    found.add(
                            Diagnostic.of(
                                    RuleCode.FLAG_ON_WRONG_SIDE,
                                    "`"
                                            + flag
                                            + "` in the rule "
                                            + rule.name()
                                            + " is for "
                                            + meantFor,
                                    places.of(rule, directive, text)));
                }
            }
        }
    }

    private void names(RuleBook book) {
        Set<String> names = new HashSet<>();
        book.rules().forEach(rule -> names.add(rule.name()));
        for (List<String> order : book.ruleOrder()) {
            for (String name : order) {
                if (!names.contains(name)) {
                    found.add(
                            Diagnostic.of(
                                    RuleCode.UNKNOWN_RULE,
                                    "ruleorder names a rule `" + name + "`, which does not exist",
                                    places.ofName("ruleorder", name)));
                }
            }
        }
        for (String name : book.localRules()) {
            if (!names.contains(name)) {
                found.add(
                        Diagnostic.of(
                                RuleCode.UNKNOWN_LOCAL_RULE,
                                "localrules names a rule `" + name + "`, which does not exist",
                                places.ofName("localrules", name)));
            }
        }
    }
}
