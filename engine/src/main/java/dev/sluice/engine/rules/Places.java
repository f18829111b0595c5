package dev.sluice.engine.rules;

import dev.sluice.dsl.diagnostic.Location;

/** Knows where in the Snakefiles things were written, as exactly as it can. */
public interface Places {
    /**
     * Where a rule's directive holds a text; the directive, or the rule's line, where the text is
     * not written as such.
     */
    Location of(Rule rule, String directive, String text);

    /** Where a statement of the top level, such as {@code ruleorder}, names something. */
    Location ofName(String keyword, String name);

    /** A place for nothing, where Snakefiles are not at hand. */
    static Places unknown() {
        return new Places() {
            @Override
            public Location of(Rule rule, String directive, String text) {
                return new Location.AtLine(rule.place().snakefile(), rule.place().line());
            }

            @Override
            public Location ofName(String keyword, String name) {
                return new Location.Nowhere();
            }
        };
    }
}
