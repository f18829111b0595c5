package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.rules.Setting;

import java.util.ArrayList;
import java.util.List;

/** Looks at the resources that rules give as plain values, before there are jobs. */
final class DeclaredResources {
    private DeclaredResources() {}

    /** What cannot be read, of all rules: also of those that no target needs. */
    static List<Problem> unreadable(RuleBook book) {
        List<Problem> problems = new ArrayList<>();
        for (Rule rule : book.rules()) {
            rule.resources()
                    .forEach(
                            (name, setting) -> {
                                if (setting instanceof Setting.Literal literal) {
                                    check(rule, name, literal, problems);
                                }
                            });
        }
        return problems;
    }

    private static void check(
            Rule rule, String name, Setting.Literal literal, List<Problem> problems) {
        try {
            ScaledResources.standard(name, literal.value());
        } catch (ScaledResources.Unreadable unreadable) {
            problems.add(
                    Problems.ofRule(
                            PlanCode.UNREADABLE_RESOURCE,
                            rule,
                            String.valueOf(unreadable.getMessage()),
                            List.of()));
        }
    }
}
