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

    /** Follows needs until a job turns up again. */
    private static List<Integer> circle(PlanColumns columns, BitSet among) {
        List<Integer> way = new ArrayList<>();
        int job = among.nextSetBit(0);
        while (!way.contains(job)) {
            way.add(job);
            int next = -1;
            for (int needed : columns.needs().of(job)) {
                if (among.get(needed)) {
                    next = needed;
                }
            }
            job = next;
        }
        return way.subList(way.indexOf(job), way.size());
    }
}
