package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Rule;

import java.util.List;

/** Two rules make one file and none is preferred. */
final class Ambiguity {
    private Ambiguity() {}

    static Problem problem(Search search, int node, int one, int other) {
        String file = search.paths.text(search.nodes.path.get(node));
        return problem(search, file, one, other);
    }

    static Problem problem(Search search, String file, int one, int other) {
        Rule first = Problems.rule(search, one);
        Rule second = Problems.rule(search, other);
        String message =
                "Rules "
                        + first.name()
                        + " and "
                        + second.name()
                        + " are ambiguous for the file "
                        + file
                        + ".\n"
                        + "Give their outputs different names, constrain the wildcards, or say with"
                        + " ruleorder which is preferred.\n"
                        + "Wildcards:\n"
                        + line(first, search.candidates.wildcards.get(one).text())
                        + "\n"
                        + line(second, search.candidates.wildcards.get(other).text())
                        + "\nExpected input files:\n"
                        + line(first, texts(search, search.candidates.inputs.get(one)))
                        + "\n"
                        + line(second, texts(search, search.candidates.inputs.get(other)))
                        + "\nExpected output files:\n"
                        + line(first, texts(search, search.candidates.outputs.get(one)))
                        + "\n"
                        + line(second, texts(search, search.candidates.outputs.get(other)));
        return new Problem(
                "ambiguous-rules",
                "AmbiguousRuleException",
                message,
                null,
                null,
                List.of(),
                null,
                null);
    }

    private static String line(Rule rule, String text) {
        return "\t" + rule.name() + ": " + text;
    }

    private static String texts(Search search, int[] paths) {
        return String.join(" ", Problems.texts(search.paths, paths));
    }
}
