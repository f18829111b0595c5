package dev.sluice.app.runs;

import dev.sluice.app.show.Plans;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.Planned;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.schedule.Limits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A workflow put together by a test: the real planner, files in memory, nothing of Python. */
final class ExplainSketch implements ExplainWorkflow {
    private final Path folder;
    private final RuleBook book;
    private final Plans.Files files;
    private final PastOutputs past;
    private final Limits limits;
    private final boolean keepsGoing;
    private final Plan plan;

    /** The command lines by which it was opened. */
    final List<List<String>> opened = new ArrayList<>();

    ExplainSketch(
            Path folder,
            RuleBook book,
            Plans.Files files,
            PastOutputs past,
            Limits limits,
            boolean keepsGoing) {
        this.folder = folder;
        this.book = book;
        this.files = files;
        this.past = past;
        this.limits = limits;
        this.keepsGoing = keepsGoing;
        plan = Plans.plan(book, files, past);
    }

    Opener opener() {
        return (words, launchFolder) -> {
            opened.add(words);
            return this;
        };
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public Planned planFor(String target) {
        return new Planner(book, PlanRequest.of(List.of(target)), new Plans.NoPython(), files, past)
                .plan();
    }

    @Override
    public FileFacts files() {
        return files;
    }

    @Override
    public Provenance past() {
        return Provenance.load(folder);
    }

    @Override
    public JobEvaluation evaluation() {
        return new JobEvaluation(book, PlanRequest.of(List.of()), new Plans.NoPython());
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public boolean keepsGoing() {
        return keepsGoing;
    }

    @Override
    public void close() {}
}
