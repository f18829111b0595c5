package dev.sluice.app.rest;

import dev.sluice.engine.view.RowState;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which jobs of a run a list is to have. What costs least is looked at first. */
final class JobFilter {
    private final Set<RowState> states = EnumSet.noneOf(RowState.class);
    private final boolean anyState;
    private final boolean anyRule;
    private final boolean anyExecutor;
    private final boolean[] rules;
    private final boolean[] executors;
    private final Map<String, String> wildcards;
    private final @Nullable String text;

    private JobFilter(Query query, JobRows rows) {
        List<String> names = States.known(query.list("state"), JobRows.STATES);
        for (RowState state : RowState.values()) {
            if (names.contains(state.word())) {
                states.add(state);
            }
        }
        anyState = names.isEmpty();
        anyRule = query.list("rule").isEmpty();
        rules = places(rows.rules(), query.list("rule"));
        anyExecutor = query.list("executor").isEmpty();
        executors = places(rows.executors(), query.list("executor"));
        wildcards = wildcards(query.all("wildcard"));
        String sought = query.last("q");
        text = sought == null ? null : sought.toLowerCase(Locale.ROOT);
    }

    /** As a client gave it. */
    static JobFilter of(Query query, JobRows rows) {
        return new JobFilter(query, rows);
    }

    boolean takes(JobRows rows, int row) {
        int executor = rows.executorIndex(row);
        return (anyState || states.contains(rows.state(row)))
                && (anyRule || rules[rows.ruleIndex(row)])
                && (anyExecutor || (executor < executors.length && executors[executor]))
                && hasWildcards(rows, row)
                && hasText(rows, row);
    }

    private static boolean[] places(List<String> all, List<String> wanted) {
        boolean[] places = new boolean[all.size()];
        for (int at = 0; at < places.length; at++) {
            places[at] = wanted.contains(all.get(at));
        }
        return places;
    }

    private boolean hasWildcards(JobRows rows, int row) {
        return wildcards.isEmpty()
                || rows.wildcards(row).entrySet().containsAll(wildcards.entrySet());
    }

    private boolean hasText(JobRows rows, int row) {
        if (text == null || has(rows.rule(row), text)) {
            return true;
        }
        for (String value : rows.wildcards(row).values()) {
            if (has(value, text)) {
                return true;
            }
        }
        for (String output : rows.outputs(row)) {
            if (has(output, text)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whatever the case, and without a copy of what is looked at.
     *
     * @param sought in lower case
     */
    private static boolean has(String text, String sought) {
        int last = text.length() - sought.length();
        for (int at = 0; at <= last; at++) {
            if (text.regionMatches(true, at, sought, 0, sought.length())) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> wildcards(List<String> given) {
        var wildcards = new LinkedHashMap<String, String>();
        for (String each : given) {
            int equals = each.indexOf('=');
            if (equals <= 0) {
                throw Problem.badRequest(
                        "`wildcard` is name=value, not `" + each + "`",
                        "it may be given several times");
            }
            wildcards.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return wildcards;
    }
}
