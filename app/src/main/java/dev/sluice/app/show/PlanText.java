package dev.sluice.app.show;

import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.Plan;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A dry-run for people: the table of counts, each job with its reason, and a summary of the
 * reasons.
 */
public final class PlanText {
    /** In the place of a plan that is empty. */
    public static final String UP_TO_DATE = "Nothing to be done: all targets are up to date.";

    private final Plan plan;
    private final Appendable out;
    private final boolean withJobs;
    private final boolean withReasons;
    private final boolean withCommands;
    private final TreeMap<String, SequencedSet<String>> rulesByReason = new TreeMap<>();

    /** {@code withCommands}: also the shell commands, as {@code -p} asks. */
    public PlanText(
            Plan plan,
            Appendable out,
            boolean withJobs,
            boolean withReasons,
            boolean withCommands) {
        this.plan = plan;
        this.out = out;
        this.withJobs = withJobs;
        this.withReasons = withReasons;
        this.withCommands = withCommands;
    }

    public void begin() throws java.io.IOException {
        if (plan.count() > 0) {
            out.append(StatsTable.of(plan)).append('\n');
        }
    }

    public void job(JobSettings settings, @Nullable String command, @Nullable String message)
            throws java.io.IOException {
        var reason = plan.reason(settings.job().id());
        for (String name : reason.names()) {
            rulesByReason
                    .computeIfAbsent(name, any -> new TreeSet<>())
                    .add(settings.job().rule().name());
        }
        if (withJobs) {
            out.append(JobText.block(settings, withReasons ? reason.text() : "", message));
            if (withCommands && command != null) {
                out.append("Shell command: ").append(command).append('\n');
            }
            out.append('\n');
        }
    }

    public void end() throws java.io.IOException {
        if (plan.count() == 0) {
            out.append(UP_TO_DATE).append('\n');
            return;
        }
        if (withJobs) {
            out.append(StatsTable.of(plan)).append('\n');
        }
        if (withReasons && !rulesByReason.isEmpty()) {
            out.append("Reasons:\n");
            for (var entry : new LinkedHashMap<>(rulesByReason).entrySet()) {
                out.append("    ").append(entry.getKey()).append(":\n        ");
                out.append(String.join(", ", List.copyOf(entry.getValue()))).append('\n');
            }
        }
        out.append(
                "This was a dry-run: nothing was run. A run may take the jobs in another order.\n");
    }
}
