package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.rules.Callable;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Finds what jobs are run with: threads, resources, params, priority and software, and the texts
 * made of them. Works on whole batches, in a handful of round trips to Python whatever their size.
 * Once at planning for what is shown, and again for each attempt.
 */
public final class JobEvaluation {
    private static final List<String> DERIVING = List.of("input", "output", "threads", "resources");
    private static final Value ZERO = new Value.Int(0);

    private final PlanRequest request;
    private final Evaluator evaluator;
    private final Literals literals = new Literals();
    private final Texts texts;

    public JobEvaluation(RuleBook book, PlanRequest request, Evaluator evaluator) {
        this.request = request;
        this.evaluator = evaluator;
        texts = new Texts(book, evaluator);
    }

    /** One result a job, in their order. */
    public List<Evaluation> evaluate(List<PlannedJob> jobs, int attempt) {
        List<JobDraft> drafts = new ArrayList<>(jobs.size());
        for (PlannedJob job : jobs) {
            drafts.add(new JobDraft(job, attempt));
        }
        Questions questions = new Questions();
        each(drafts, draft -> askThreads(draft, questions));
        questions.askAll(evaluator);
        each(drafts, draft -> askResources(draft, questions));
        questions.askAll(evaluator);
        each(drafts, this::scale);
        each(drafts, draft -> askParams(draft, questions));
        questions.askAll(evaluator);
        each(drafts, draft -> askSoftware(draft, questions));
        questions.askAll(evaluator);
        List<Evaluation> results = new ArrayList<>(drafts.size());
        for (JobDraft draft : drafts) {
            Problem problem = draft.problem;
            results.add(
                    problem == null
                            ? new Evaluation.Ready(draft.settings(compared(draft)))
                            : new Evaluation.Failed(problem));
        }
        return results;
    }

    /**
     * Formats texts of jobs; asks Python only for those that name more than the job itself knows.
     */
    public List<Formatted> format(List<Template> templates) {
        return texts.format(templates);
    }

    /** Only the params that the params trigger compares; a problem where one could not be found. */
    List<JobDraft> comparedParams(List<PlannedJob> jobs) {
        List<JobDraft> drafts = new ArrayList<>(jobs.size());
        Questions questions = new Questions();
        for (PlannedJob job : jobs) {
            JobDraft draft = new JobDraft(job, 1);
            drafts.add(draft);
            for (Setting setting : job.rule().params().items()) {
                if (!derives(setting)) {
                    askParam(draft, setting, questions);
                }
            }
        }
        questions.askAll(evaluator);
        return drafts;
    }

    /** Asks only for the software environment. */
    List<JobDraft> software(List<PlannedJob> jobs) {
        List<JobDraft> drafts = new ArrayList<>(jobs.size());
        Questions questions = new Questions();
        for (PlannedJob job : jobs) {
            JobDraft draft = new JobDraft(job, 1);
            drafts.add(draft);
            askSoftware(draft, questions);
        }
        questions.askAll(evaluator);
        return drafts;
    }

    static boolean derives(Setting setting) {
        return switch (setting) {
            case Setting.Literal literal -> false;
            case Setting.Computed computed ->
                    DERIVING.stream().anyMatch(computed.function()::accepts);
        };
    }

    private static void each(List<JobDraft> drafts, Consumer<JobDraft> action) {
        for (JobDraft draft : drafts) {
            if (draft.whole()) {
                action.accept(draft);
            }
        }
    }

    private List<Value> compared(JobDraft draft) {
        List<Value> compared = new ArrayList<>();
        List<Setting> declared = draft.job.rule().params().items();
        for (int i = 0; i < declared.size(); i++) {
            if (!derives(declared.get(i))) {
                compared.add(draft.params.get(i));
            }
        }
        return compared;
    }

    private void askThreads(JobDraft draft, Questions questions) {
        Rule rule = draft.job.rule();
        @Nullable Setting override = request.resourcing().setThreads().get(rule.name());
        Setting threads = override == null ? rule.threads() : override;
        if (override == null && takesAll(rule) && request.resourcing().cores() >= 0) {
            threads = new Setting.Literal(new Value.Int(request.resourcing().cores()));
        }
        ask(threads, draft, null, ZERO, questions, value -> takeThreads(draft, value));
        Setting priority = rule.options().priority();
        ask(priority, draft, null, ZERO, questions, value -> takePriority(draft, value));
    }

    private void ask(
            Setting setting,
            JobDraft draft,
            @Nullable Integer threads,
            Value atCheckpoint,
            Questions questions,
            Consumer<Value> receiver) {
        switch (setting) {
            case Setting.Literal literal -> receiver.accept(literal.value());
            case Setting.Computed computed ->
                    questions.ask(
                            computed.function(),
                            draft.early(threads),
                            answer -> draft.take(answer, atCheckpoint, receiver));
        }
    }

    private void takeThreads(JobDraft draft, Value value) {
        if (value.equals(JobSettings.TO_BE_DETERMINED)) {
            draft.threads = 1;
            return;
        }
        long threads;
        switch (value) {
            case Value.Int number -> threads = number.value();
            case Value.Real real -> threads = Math.round(Math.rint(real.value()));
            case Value.Bool bool -> threads = bool.value() ? 1 : 0;
            case Value.Scalar scalar -> {
                takeThreads(draft, scalar.value());
                return;
            }
            case Value.Nothing nothing -> threads = 1;
            default -> {
                draft.fail(
                        PlanCode.THREADS_NOT_A_NUMBER,
                        "`threads` takes a whole number, or a function that gives one");
                return;
            }
        }
        draft.threads = limited(threads);
    }

    private int limited(long threads) {
        long most = threads;
        if (request.resourcing().maxThreads() >= 0) {
            most = Math.min(most, request.resourcing().maxThreads());
        }
        if (request.resourcing().cores() >= 0) {
            most = Math.min(most, request.resourcing().cores());
        }
        return (int) most;
    }

    private static void takePriority(JobDraft draft, Value value) {
        switch (value) {
            case Value.Int number -> draft.priority = number.value();
            case Value.Real real -> draft.priority = real.value();
            case Value.Bool bool -> draft.priority = bool.value() ? 1 : 0;
            case Value.Scalar scalar -> takePriority(draft, scalar.value());
            default ->
                    draft.fail(
                            PlanCode.PRIORITY_NOT_A_NUMBER,
                            "Priority values have to be numeric (int or float).");
        }
    }

    private void askResources(JobDraft draft, Questions questions) {
        declaredResources(draft.job.rule())
                .forEach(
                        (name, resource) ->
                                ask(
                                        resource.setting(),
                                        draft,
                                        draft.threads,
                                        ZERO,
                                        questions,
                                        value -> takeResource(draft, name, resource, value)));
    }

    /**
     * A resource as it was written down: {@code mem}, {@code mem_mb} and {@code mem_mib} go by one
     * name.
     */
    private record Declared(String asWritten, Setting setting) {}

    private SequencedMap<String, Declared> declaredResources(Rule rule) {
        SequencedMap<String, Declared> declared = new LinkedHashMap<>();
        PlanRequest.Resourcing resourcing = request.resourcing();
        declare(declared, resourcing.defaultResources());
        Value tmpdir = resourcing.tmpdir();
        if (tmpdir != null) {
            declared.putIfAbsent("tmpdir", new Declared("tmpdir", new Setting.Literal(tmpdir)));
        }
        declare(declared, takesAll(rule) ? allResources() : rule.resources());
        SequencedMap<String, Setting> set = resourcing.setResources().get(rule.name());
        if (set != null) {
            declare(declared, set);
        }
        return declared;
    }

    /** A rule that hands over to another workflow system gets all there is, unless it says what. */
    private static boolean takesAll(Rule rule) {
        return rule.options().handover() && rule.resources().isEmpty();
    }

    private SequencedMap<String, Setting> allResources() {
        SequencedMap<String, Setting> all = new LinkedHashMap<>();
        request.resourcing()
                .limits()
                .forEach(
                        (name, amount) ->
                                all.put(name, new Setting.Literal(new Value.Int(amount))));
        return all;
    }

    private static void declare(
            SequencedMap<String, Declared> declared, SequencedMap<String, Setting> settings) {
        settings.forEach(
                (name, setting) ->
                        declared.put(
                                ScaledResources.standardName(name), new Declared(name, setting)));
    }

    private static void takeResource(JobDraft draft, String name, Declared resource, Value value) {
        try {
            draft.declared.put(name, ScaledResources.standard(resource.asWritten(), value));
        } catch (ScaledResources.Unreadable unreadable) {
            draft.fail(PlanCode.UNREADABLE_RESOURCE, String.valueOf(unreadable.getMessage()));
        }
    }

    /** Puts the resources in the order of their declaration, whenever their answers came. */
    private void scale(JobDraft draft) {
        SequencedMap<String, Value> ordered = new LinkedHashMap<>();
        for (String name : declaredResources(draft.job.rule()).keySet()) {
            @Nullable Value value = draft.declared.get(name);
            if (value != null) {
                ordered.put(name, value);
            }
        }
        checkKinds(draft, ordered);
        draft.resources = ScaledResources.expand(ordered, request.resourcing().limits());
    }

    /** Limits are numbers: a job that gives a word for a limited resource cannot be counted. */
    private void checkKinds(JobDraft draft, SequencedMap<String, Value> resources) {
        resources.forEach(
                (name, value) -> {
                    boolean word =
                            value instanceof Value.Text
                                    && !value.equals(JobSettings.TO_BE_DETERMINED);
                    if (word && request.resourcing().limits().containsKey(name)) {
                        draft.fail(
                                PlanCode.RESOURCE_KIND,
                                "the resource `"
                                        + name
                                        + "` is limited by --resources, so it has to be a number,"
                                        + " but is '"
                                        + ((Value.Text) value).value()
                                        + "'");
                    }
                });
    }

    private void askParams(JobDraft draft, Questions questions) {
        for (Setting setting : draft.job.rule().params().items()) {
            askParam(draft, setting, questions);
        }
    }

    private void askParam(JobDraft draft, Setting setting, Questions questions) {
        int place = draft.params.size();
        draft.params.add(new Value.Nothing());
        switch (setting) {
            case Setting.Literal literal -> literals.fill(draft, literal.value(), place);
            case Setting.Computed computed ->
                    questions.ask(
                            computed.function(),
                            draft.late(null),
                            answer ->
                                    draft.take(
                                            answer,
                                            JobSettings.TO_BE_DETERMINED,
                                            value -> draft.params.set(place, value)));
        }
    }

    private void askSoftware(JobDraft draft, Questions questions) {
        Rule.Software software = draft.job.rule().software();
        NamedList<Value> params = new NamedList<>(draft.params, draft.job.rule().params().names());
        askText(software.conda(), draft, params, questions, text -> draft.conda = text);
        askText(software.container(), draft, params, questions, text -> draft.container = text);
        if (draft.container == null && software.container() == null) {
            draft.container = software.containerized();
        }
    }

    private void askText(
            @Nullable Setting setting,
            JobDraft draft,
            NamedList<Value> params,
            Questions questions,
            Consumer<@Nullable String> receiver) {
        switch (setting) {
            case null -> {}
            case Setting.Literal literal -> receiver.accept(literals.text(draft, literal.value()));
            case Setting.Computed computed -> {
                Callable function = computed.function();
                questions.ask(
                        function,
                        draft.late(function.accepts("params") ? params : null),
                        answer ->
                                draft.take(
                                        answer,
                                        JobSettings.TO_BE_DETERMINED,
                                        value -> receiver.accept(Literals.plainText(value))));
            }
        }
    }
}
