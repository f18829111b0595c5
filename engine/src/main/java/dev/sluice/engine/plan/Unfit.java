package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Outputs that lie there and are not what their job made, or was to make.
 *
 * @param incomplete a job began to write them and never finished
 * @param lost not as their job left them before the machine was restarted
 */
record Unfit(Set<String> incomplete, Set<String> lost) {
    static final Unfit NONE = new Unfit(Set.of(), Set.of());

    /** {@code leftOut}: jobs whose outputs are not looked at. */
    static Unfit of(PlanColumns columns, KnownFiles known, PastOutputs past, BitSet leftOut) {
        Ints suspects = new Ints();
        List<OutputRecord> records = new ArrayList<>();
        for (int job = 0; job < columns.size(); job++) {
            if (leftOut.get(job)) {
                continue;
            }
            for (int output : columns.outputs()[job]) {
                OutputRecord record = past.of(columns.paths().text(output));
                if (record != null && (record.incomplete() || record.left() != null)) {
                    suspects.add(output);
                    records.add(record);
                }
            }
        }
        known.need(suspects);
        Set<String> incomplete = new LinkedHashSet<>();
        Set<String> lost = new LinkedHashSet<>();
        for (int i = 0; i < suspects.size(); i++) {
            FileFact fact = known.fact(suspects.get(i));
            OutputRecord.Left left = records.get(i).left();
            if (fact.exists() && records.get(i).incomplete()) {
                incomplete.add(columns.paths().text(suspects.get(i)));
            } else if (fact.exists() && left != null && left.lost(fact)) {
                lost.add(columns.paths().text(suspects.get(i)));
            }
        }
        return new Unfit(incomplete, lost);
    }
}
