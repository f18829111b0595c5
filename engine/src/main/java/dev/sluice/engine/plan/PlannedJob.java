package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

/**
 * One job of a plan, as a view made on demand. Says what the job reads and writes, never what its
 * params or resources are: {@link JobEvaluation} finds those.
 *
 * @param id its number within this plan
 * @param key a hash of rule, wildcards and outputs: the same in every plan
 * @param group the user's group that it belongs to, or null
 * @param incomplete waits for a checkpoint: more inputs may turn up
 */
public record PlannedJob(
        int id,
        String key,
        Rule rule,
        Wildcards wildcards,
        NamedList<JobFile> input,
        NamedList<JobFile> output,
        NamedList<JobFile> log,
        @Nullable JobFile benchmark,
        @Nullable String group,
        boolean incomplete) {
    /** Whether the job only collects its inputs. */
    public boolean onlyCollects() {
        return rule.action().kind().equals("norun");
    }
}
