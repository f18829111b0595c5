package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.rules.Setting;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/** The user's group of each job: from the command line, else from the rule. */
final class Groups {
    private final PlanColumns columns;
    private final PlanRequest request;
    private final Literals literals = new Literals();

    Groups(PlanColumns columns, PlanRequest request) {
        this.columns = columns;
        this.request = request;
    }

    /** Fills {@code groups}, by job; a problem where a function failed. */
    @Nullable Problem find(
            @Nullable String[] groups,
            BitSet runs,
            IntFunction<PlannedJob> views,
            Evaluator evaluator) {
        Questions questions = new Questions();
        List<Problem> problems = new java.util.ArrayList<>();
        for (int job = 0; job < columns.size(); job++) {
            if (!columns.exists(job)) {
                continue;
            }
            @Nullable String forced = request.grouping().groups().get(columns.ruleOf(job).name());
            Setting setting = columns.ruleOf(job).options().group();
            if (forced != null) {
                groups[job] = forced;
            } else if (setting instanceof Setting.Literal literal) {
                groups[job] = group(literal, job);
            } else if (setting instanceof Setting.Computed computed && runs.get(job)) {
                ask(computed, new JobDraft(views.apply(job), 1), groups, questions, problems);
            }
        }
        questions.askAll(evaluator);
        return problems.isEmpty() ? null : problems.getFirst();
    }

    private @Nullable String group(Setting.Literal literal, int job) {
        return Literals.plainText(literals.filled(literal.value(), columns.wildcardsOf(job)));
    }

    private static void ask(
            Setting.Computed computed,
            JobDraft draft,
            @Nullable String[] groups,
            Questions questions,
            List<Problem> problems) {
        questions.ask(
                computed.function(),
                draft.early(null),
                answer -> {
                    draft.take(
                            answer,
                            JobSettings.TO_BE_DETERMINED,
                            value -> groups[draft.job.id()] = Literals.plainText(value));
                    Problem problem = draft.problem;
                    if (problem != null) {
                        problems.add(problem);
                    }
                });
    }
}
