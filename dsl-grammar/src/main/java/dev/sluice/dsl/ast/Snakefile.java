package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import java.util.List;
import java.util.Optional;

/**
 * A whole Snakefile. {@code rules} lists the rules and checkpoints at any depth in the order of the
 * text; they are the same objects as those inside {@code statements}.
 */
public record Snakefile(List<Statement> statements, List<RuleDeclaration> rules, Span span) {
    public Snakefile {
        statements = List.copyOf(statements);
        rules = List.copyOf(rules);
    }

    /** The rule whose keyword stands on a line. */
    public Optional<RuleDeclaration> ruleAt(int line) {
        int low = 0;
        int high = rules.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = rules.get(middle).line();
            if (found == line) {
                return Optional.of(rules.get(middle));
            }
            if (found < line) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
