package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFacts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Outputs that may not be overwritten; found before anything runs. */
final class Protection {
    private final PlanColumns columns;
    private final KnownFiles known;
    private final FileFacts files;

    Protection(PlanColumns columns, KnownFiles known, FileFacts files) {
        this.columns = columns;
        this.known = known;
        this.files = files;
    }

    /** Null where all that is to be made may be made. */
    @Nullable Problem problem(BitSet runs, BitSet finished) {
        for (int job = runs.nextSetBit(0); job >= 0; job = runs.nextSetBit(job + 1)) {
            if (!finished.get(job)) {
                List<String> kept = keptOutputs(job);
                if (!kept.isEmpty()) {
                    return problem(job, kept);
                }
            }
        }
        return null;
    }

    private List<String> keptOutputs(int job) {
        List<String> kept = new ArrayList<>();
        for (int output : columns.outputs()[job]) {
            if (known.exists(output) && files.isProtected(columns.paths().text(output))) {
                kept.add(columns.paths().text(output));
            }
        }
        return kept;
    }

    private Problem problem(int job, List<String> kept) {
        List<String> notes = new ArrayList<>();
        notes.add("    output: " + String.join(", ", kept));
        notes.addAll(Problems.wildcards(columns.wildcardsOf(job)));
        return new Problem(
                PlanCode.PROTECTED_OUTPUT,
                "A job of rule "
                        + columns.ruleOf(job).name()
                        + " would overwrite write-protected files.",
                columns.ruleOf(job).name(),
                columns.ruleOf(job).place(),
                notes,
                "Give yourself the right to write to them (chmod u+w), or delete them.",
                null);
    }
}
