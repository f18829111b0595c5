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
        return new Problem(
                PlanCode.AMBIGUOUS_RULES,
                "rules `" + first.name() + "` and `" + second.name() + "` both make `" + file + "`",
                second.name(),
                second.place(),
                List.of(note(search, one), note(search, other)),
                "say which you prefer with `ruleorder: "
                        + first.name()
                        + " > "
                        + second.name()
                        + "`, constrain the wildcards, or give the outputs different names",
                null);
    }

    /** How a rule would make the file. */
    private static String note(Search search, int candidate) {
        String wildcards = search.candidates.wildcards.get(candidate).text();
        int[] inputs = search.candidates.inputs.get(candidate);
        return "    "
                + Problems.rule(search, candidate).name()
                + (wildcards.isEmpty() ? "" : " with " + wildcards)
                + (inputs.length == 0 ? "" : " from " + texts(search, inputs));
    }

    private static String texts(Search search, int[] paths) {
        return String.join(" ", Problems.texts(search.paths, paths));
    }
}
