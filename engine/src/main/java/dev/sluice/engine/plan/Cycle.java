package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Names the rules of a circle of jobs. */
final class Cycle {
    private Cycle() {}

    /** {@code among}: jobs of which some need themselves. */
    static Problem problem(PlanColumns columns, BitSet among) {
        List<Integer> circle = circle(columns, among);
        List<String> rules = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (int job : circle) {
            String rule = columns.ruleOf(job).name();
            rules.add(rule);
            notes.add(Circle.note(rule, Problems.texts(columns.paths(), columns.outputs()[job])));
        }
        return Problems.cycle(columns.ruleOf(circle.getFirst()), Circle.message(rules), notes);
    }

    private static List<Integer> circle(PlanColumns columns, BitSet among) {
        return Circle.from(
                among.nextSetBit(0),
                job -> {
                    int next = -1;
                    for (int needed : columns.needs().of(job)) {
                        if (among.get(needed)) {
                            next = needed;
                        }
                    }
                    return next;
                });
    }
}
