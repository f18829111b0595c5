package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Compares jobs with what is remembered of the job that made their outputs. */
final class Provenance {
    private final PlanColumns columns;
    private final KnownFiles known;
    private final FileFacts files;
    private final PastOutputs past;
    private final PlanRequest request;
    private final JobEvaluation evaluation;
    private final IntFunction<PlannedJob> views;
    private final List<Problem> problems = new ArrayList<>();

    Provenance(
            PlanColumns columns,
            KnownFiles known,
            FileFacts files,
            PastOutputs past,
            PlanRequest request,
            JobEvaluation evaluation,
            IntFunction<PlannedJob> views) {
        this.columns = columns;
        this.known = known;
        this.files = files;
        this.past = past;
        this.request = request;
        this.evaluation = evaluation;
        this.views = views;
    }

    /** Params or software that could not be found. */
    List<Problem> problems() {
        return problems;
    }

    /** Whether the input has the content it had when all outputs of the job were made. */
    boolean sameContent(int job, int input) {
        FileFact fact = known.fact(input);
        if (fact.directory() || fact.size() > request.rerun().maxChecksumSize()) {
            return false;
        }
        String path = columns.paths().text(input);
        @Nullable String recorded = null;
        for (int output : columns.outputs()[job]) {
            OutputRecord past = this.past.of(columns.paths().text(output));
            String checksum = past == null ? null : past.inputChecksums().get(path);
            if (checksum == null || (recorded != null && !recorded.equals(checksum))) {
                return false;
            }
            recorded = checksum;
        }
        return recorded != null && recorded.equals(known.sha256(input));
    }

    /** The jobs that differ from their records, and how. */
    Map<Integer, Reason> changes(List<Integer> jobs) {
        Map<Integer, ReasonDraft> drafts = new LinkedHashMap<>();
        Set<PlanRequest.Trigger> triggers = request.rerun().triggers();
        if (triggers.contains(PlanRequest.Trigger.CODE)) {
            scripts(jobs, drafts);
        }
        List<Integer> recorded = new ArrayList<>();
        for (int job : jobs) {
            if (recorded(job)) {
                recorded.add(job);
                codeAndInput(job, triggers, drafts);
            }
        }
        if (triggers.contains(PlanRequest.Trigger.PARAMS)) {
            params(recorded, drafts);
        }
        if (triggers.contains(PlanRequest.Trigger.SOFTWARE_ENV)) {
            software(recorded, drafts);
        }
        Map<Integer, Reason> reasons = new LinkedHashMap<>();
        drafts.forEach((job, draft) -> reasons.put(job, draft.reason()));
        return reasons;
    }

    private static ReasonDraft draft(Map<Integer, ReasonDraft> drafts, int job) {
        return drafts.computeIfAbsent(job, key -> new ReasonDraft());
    }

    private boolean recorded(int job) {
        int[] outputs = columns.outputs()[job];
        for (int output : outputs) {
            if (fingerprint(output) == null) {
                return false;
            }
        }
        return outputs.length > 0;
    }

    private @Nullable JobFingerprint fingerprint(int output) {
        OutputRecord record = past.of(columns.paths().text(output));
        return record == null ? null : record.fingerprint();
    }

    private void codeAndInput(
            int job, Set<PlanRequest.Trigger> triggers, Map<Integer, ReasonDraft> drafts) {
        String code = Fingerprints.code(columns.ruleOf(job));
        @Nullable String input = null;
        for (int output : columns.outputs()[job]) {
            JobFingerprint print = fingerprint(output);
            if (print == null) {
                continue;
            }
            if (triggers.contains(PlanRequest.Trigger.CODE)
                    && !code.isEmpty()
                    && !print.code().isEmpty()
                    && !print.code().equals(code)) {
                draft(drafts, job).codeChanged = true;
            }
            if (triggers.contains(PlanRequest.Trigger.INPUT)) {
                input = input == null ? Fingerprints.input(views.apply(job)) : input;
                if (!print.input().equals(input)) {
                    draft(drafts, job).inputChanged = true;
                }
            }
        }
    }

    private void params(List<Integer> jobs, Map<Integer, ReasonDraft> drafts) {
        List<Integer> asked = new ArrayList<>();
        List<PlannedJob> planned = new ArrayList<>();
        for (int job : jobs) {
            if (!columns.ruleOf(job).params().isEmpty() || rememberedParams(job)) {
                asked.add(job);
                planned.add(views.apply(job));
            }
        }
        List<JobDraft> evaluated = evaluation.comparedParams(planned);
        for (int i = 0; i < asked.size(); i++) {
            JobDraft draft = evaluated.get(i);
            Problem problem = draft.problem;
            if (problem != null) {
                problems.add(problem);
            } else {
                compareParams(asked.get(i), Fingerprints.params(draft.params), drafts);
            }
        }
    }

    private boolean rememberedParams(int job) {
        for (int output : columns.outputs()[job]) {
            JobFingerprint print = fingerprint(output);
            if (print != null && !print.params().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void compareParams(int job, List<String> nowList, Map<Integer, ReasonDraft> drafts) {
        Set<String> now = new LinkedHashSet<>(nowList);
        Set<String> onlyBefore = new LinkedHashSet<>();
        Set<String> onlyNow = new LinkedHashSet<>();
        for (int output : columns.outputs()[job]) {
            JobFingerprint print = fingerprint(output);
            if (print != null) {
                Set<String> before = new LinkedHashSet<>(print.params());
                before.stream().filter(param -> !now.contains(param)).forEach(onlyBefore::add);
                now.stream().filter(param -> !before.contains(param)).forEach(onlyNow::add);
            }
        }
        if (!onlyBefore.isEmpty() || !onlyNow.isEmpty()) {
            ReasonDraft draft = draft(drafts, job);
            draft.paramsBefore.addAll(onlyBefore);
            draft.paramsNow.addAll(onlyNow);
        }
    }

    private void software(List<Integer> jobs, Map<Integer, ReasonDraft> drafts) {
        boolean anyMethod = !request.options().deployment().isEmpty();
        List<PlannedJob> planned = new ArrayList<>();
        for (int job : jobs) {
            if (anyMethod) {
                planned.add(views.apply(job));
            } else {
                compareSoftware(job, "", drafts);
            }
        }
        for (JobDraft draft : evaluation.software(planned)) {
            Problem problem = draft.problem;
            if (problem != null) {
                problems.add(problem);
                continue;
            }
            Rule rule = draft.job.rule();
            String now = Fingerprints.software(rule, draft.conda, draft.container, request, files);
            compareSoftware(draft.job.id(), now, drafts);
        }
    }

    private void compareSoftware(int job, String now, Map<Integer, ReasonDraft> drafts) {
        for (int output : columns.outputs()[job]) {
            JobFingerprint print = fingerprint(output);
            if (print != null && !print.software().equals(now)) {
                draft(drafts, job).softwareChanged = true;
            }
        }
    }

    /** Scripts and notebooks are judged by the time of their file, with or without a record. */
    private void scripts(List<Integer> jobs, Map<Integer, ReasonDraft> drafts) {
        for (int job : jobs) {
            Rule rule = columns.ruleOf(job);
            if (rule.action() instanceof Action.Script script && hasLocalFile(script)) {
                String path = scriptPath(job, rule, script.path());
                if (path != null && anyOutputOlder(job, path)) {
                    draft(drafts, job).codeChanged = true;
                }
            }
        }
    }

    private static boolean hasLocalFile(Action.Script script) {
        boolean judged = script.kind().equals("script") || script.kind().equals("notebook");
        return judged && !script.path().contains("://");
    }

    private @Nullable String scriptPath(int job, Rule rule, String path) {
        if (path.indexOf('{') < 0) {
            return Fingerprints.resolved(rule, path);
        }
        Evaluation evaluated = evaluation.evaluate(List.of(views.apply(job)), 1).getFirst();
        if (!(evaluated instanceof Evaluation.Ready ready)) {
            return null;
        }
        Template template = new Template(ready.settings(), "script", path);
        Formatted text = evaluation.format(List.of(template)).getFirst();
        return text instanceof Formatted.Text formatted
                ? Fingerprints.resolved(rule, formatted.text())
                : null;
    }

    private boolean anyOutputOlder(int job, String script) {
        FileFact fact = known.fact(columns.paths().id(script));
        if (!fact.exists()) {
            return false;
        }
        for (int output : columns.outputs()[job]) {
            FileFact made = known.fact(output);
            if (made.exists() && made.modifiedNanos() <= fact.newestNanos()) {
                return true;
            }
        }
        return false;
    }

    static boolean stream(Flags flags) {
        return flags.has(Flags.PIPE) || flags.has(Flags.SERVICE);
    }
}
