package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.rules.RuleBook;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the plan of a run, and again after checkpoints. Keeps what it found in between, so a
 * checkpoint costs what it adds. Asks through its ports and never acts; for one thread.
 */
public final class Planner {
    private final RuleBook book;
    private final PlanRequest request;
    private final Evaluator evaluator;
    private final FileFacts files;
    private final PastOutputs past;
    private final JobEvaluation evaluation;
    private final Resolution resolution;
    private final Checkpoints checkpoints;

    /** Before {@code --until} and the like. */
    private @Nullable PlanColumns whole;

    private @Nullable Plan plan;

    public Planner(
            RuleBook book,
            PlanRequest request,
            Evaluator evaluator,
            FileFacts files,
            PastOutputs past) {
        this.book = book;
        this.request = request;
        this.evaluator = evaluator;
        this.files = files;
        this.past = past;
        evaluation = new JobEvaluation(book, request, evaluator);
        resolution = new Resolution(book, request, evaluator, files);
        checkpoints = new Checkpoints(resolution, evaluator);
    }

    /** The plan, with checkpoints whose outputs stand already looked into. To be called once. */
    public Planned plan() {
        List<Problem> unreadable = DeclaredResources.unreadable(book);
        if (!unreadable.isEmpty()) {
            return new Planned.Refused(unreadable);
        }
        Problem unfit = resolution.targets().problem();
        if (unfit != null) {
            return new Planned.Refused(List.of(unfit));
        }
        List<Problem> problems = resolution.resolve();
        if (!problems.isEmpty()) {
            return new Planned.Refused(problems);
        }
        return finish(new Round(new BitSet(), new BitSet(), Map.of()));
    }

    /**
     * The plan after checkpoint jobs have finished and their outputs stand. Tells Python about
     * them.
     *
     * @param finished all jobs that have finished so far: they are not judged again
     * @param running jobs under way: they stay
     */
    public Replanned checkpointsFinished(
            List<Integer> checkpointJobs, BitSet finished, BitSet running) {
        Plan before = plan;
        PlanColumns columns = whole;
        if (before == null || columns == null) {
            throw new IllegalStateException("no plan was made yet");
        }
        Ints waiting = checkpoints.settleFinished(columns, checkpointJobs);
        if (waiting.isEmpty()) {
            return new Replanned.PlanChanged(before, List.of(), List.of(), List.of(), List.of());
        }
        List<Problem> problems = resolution.renew(waiting);
        if (!problems.isEmpty()) {
            return new Replanned.Refused(problems);
        }
        Planned planned = finish(round(before, waiting, finished, running));
        return switch (planned) {
            case Planned.Refused refused -> new Replanned.Refused(refused.problems());
            case Planned.Made made -> PlanDifference.between(before, made);
        };
    }

    /**
     * What is settled while a plan is judged.
     *
     * @param finished jobs that are not judged
     * @param ran those of them that had to run
     * @param carried jobs that were to run and still are, with why
     */
    private record Round(BitSet finished, BitSet ran, Map<Integer, Reason> carried) {}

    private Round round(Plan before, Ints renewed, BitSet finished, BitSet running) {
        BitSet ran = before.running();
        ran.and(finished);
        BitSet carried = before.running();
        carried.andNot(finished);
        for (int i = 0; i < renewed.size(); i++) {
            int job = resolution.assembly().job(renewed.get(i));
            if (!running.get(job)) {
                carried.clear(job);
            }
        }
        Map<Integer, Reason> reasons = new HashMap<>();
        carried.stream().forEach(job -> reasons.put(job, before.reason(job)));
        return new Round((BitSet) finished.clone(), ran, reasons);
    }

    /** Judges what was found, and goes on while idle checkpoints open the way to more. */
    private Planned finish(Round round) {
        while (true) {
            PlanColumns columns = resolution.columns();
            int[] order = Layers.order(columns);
            Problem cycle = cycle(columns, order);
            if (cycle != null) {
                return new Planned.Refused(List.of(cycle));
            }
            Judged judged = judge(columns, order, round);
            if (!judged.problems().isEmpty()) {
                return new Planned.Refused(judged.problems());
            }
            BitSet busy = (BitSet) judged.verdict().runs().clone();
            busy.andNot(round.finished());
            Ints waiting = checkpoints.settleIdle(columns, busy);
            if (waiting.isEmpty()) {
                whole = columns;
                return complete(columns, judged.verdict(), round.finished());
            }
            List<Problem> problems = resolution.renew(waiting);
            if (!problems.isEmpty()) {
                return new Planned.Refused(problems);
            }
        }
    }

    private record Judged(Verdict verdict, List<Problem> problems) {}

    private Judged judge(PlanColumns columns, int[] order, Round round) {
        Search search = resolution.search();
        JobViews views =
                new JobViews(columns, search.patterns, new String[columns.size()], evaluator);
        Provenance provenance =
                new Provenance(columns, search.known, files, past, request, evaluation, views::job);
        List<Problem> problems = new ArrayList<>();
        Compelled compelled =
                new Compelled(
                        columns,
                        search.patterns,
                        search.known,
                        resolution.targets(),
                        unfit(columns, round, problems),
                        views::key);
        Staleness staleness =
                new Staleness(
                        columns,
                        search.patterns,
                        search.known,
                        resolution.targets(),
                        provenance,
                        compelled,
                        round.finished());
        staleness.carry(round.carried());
        Verdict verdict = staleness.judge(order);
        round.ran().stream().filter(columns::exists).forEach(verdict.runs()::set);
        problems.addAll(provenance.problems());
        return new Judged(verdict, problems);
    }

    private Unfit unfit(PlanColumns columns, Round round, List<Problem> problems) {
        if (request.rerun().ignoreIncomplete()) {
            return Unfit.NONE;
        }
        BitSet settled = (BitSet) round.finished().clone();
        round.carried().keySet().forEach(settled::set);
        Unfit unfit = Unfit.of(columns, resolution.search().known, past, settled);
        if (!unfit.incomplete().isEmpty() && !request.rerun().rerunIncomplete()) {
            problems.add(
                    Problems.ofRequest(
                            PlanCode.INCOMPLETE_FILES,
                            "jobs began to write these files and did not finish:\n"
                                    + String.join("\n", unfit.incomplete()),
                            "make them again with --rerun-incomplete, or say with"
                                    + " --cleanup-metadata FILES that they are whole"));
        }
        return unfit;
    }

    private static @Nullable Problem cycle(PlanColumns columns, int[] order) {
        BitSet left = new BitSet();
        for (int job = 0; job < columns.size(); job++) {
            left.set(job, columns.exists(job));
        }
        Arrays.stream(order).forEach(left::clear);
        return left.isEmpty() ? null : Cycle.problem(columns, left);
    }

    private Planned complete(PlanColumns whole, Verdict verdict, BitSet finished) {
        Search search = resolution.search();
        boolean ambiguity = request.options().allowAmbiguity();
        Problem broken = new Checks(whole, search.patterns).problem(verdict.runs(), ambiguity);
        if (broken != null) {
            return new Planned.Refused(List.of(broken));
        }
        PlanColumns columns = new Cutting(whole, resolution.targets()).cut();
        BitSet runs = verdict.runs();
        for (int job = 0; job < columns.size(); job++) {
            if (!columns.exists(job)) {
                runs.clear(job);
            }
        }
        Problem kept = new Protection(columns, search.known, files).problem(runs, finished);
        if (kept != null) {
            return new Planned.Refused(List.of(kept));
        }
        @Nullable String[] groups = new String[columns.size()];
        JobViews views = new JobViews(columns, search.patterns, groups, evaluator);
        Problem group = new Groups(columns, request).find(groups, runs, views::job, evaluator);
        if (group != null) {
            return new Planned.Refused(List.of(group));
        }
        Tasks tasks = new Tasks(columns, search.patterns, groups, runs, Layers.order(columns));
        Problem circular = tasks.build(request, views);
        if (circular != null) {
            return new Planned.Refused(List.of(circular));
        }
        boolean keep = request.options().tempFiles() == PlanRequest.TempFiles.KEEP;
        List<TempFile> temps =
                keep
                        ? List.of()
                        : new TempFiles(
                                        columns,
                                        search.patterns,
                                        resolution.targets(),
                                        runs,
                                        request.forcing().made())
                                .list();
        BitSet prioritized = Cutting.prioritized(columns, resolution.targets().prioritized, runs);
        Plan made = new Plan(columns, views, verdict, prioritized, tasks, temps);
        plan = made;
        return new Planned.Made(made, List.of());
    }
}
