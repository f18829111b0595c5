package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Rule;

import java.util.List;

/** Which of two rules is preferred when both could make a file. */
final class RuleOrder {
    private final List<List<String>> clauses;

    RuleOrder(List<List<String>> clauses) {
        this.clauses = clauses;
    }

    /**
     * Above 0 when {@code a} is preferred, below 0 when {@code b} is, 0 when neither. Later clauses
     * come first.
     */
    int compare(RulePatterns.Compiled a, RulePatterns.Compiled b) {
        Rule ruleA = a.rule();
        Rule ruleB = b.rule();
        if (!ruleA.name().equals(ruleB.name())) {
            for (int i = clauses.size() - 1; i >= 0; i--) {
                int placeA = clauses.get(i).indexOf(ruleA.name());
                int placeB = clauses.get(i).indexOf(ruleB.name());
                if (placeA >= 0 && placeB >= 0) {
                    return Integer.compare(placeB, placeA);
                }
            }
        }
        return Boolean.compare(b.hasWildcards(), a.hasWildcards());
    }
}
