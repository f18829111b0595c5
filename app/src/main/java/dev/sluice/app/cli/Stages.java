package dev.sluice.app.cli;

import dev.sluice.app.inspect.Changes;
import dev.sluice.app.inspect.FileStates;
import dev.sluice.app.inspect.Finding;
import dev.sluice.app.inspect.Inspections;
import dev.sluice.app.inspect.Lint;
import dev.sluice.app.inspect.LintReport;
import dev.sluice.app.inspect.OutputRemoval;
import dev.sluice.app.inspect.Untracked;
import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.rules.RuleBook;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * Looks at a loaded workflow as the options ask: at its rules, at its plan, or at what a run would
 * do.
 */
final class Stages {
    /** Options that only look. */
    static final List<String> INSPECTIONS =
            List.of(
                    "list-rules",
                    "list-target-rules",
                    "lint",
                    "dag",
                    "rulegraph",
                    "filegraph",
                    "summary",
                    "detailed-summary",
                    "list-untracked",
                    "list-changes",
                    "list-input-changes",
                    "list-params-changes",
                    "delete-all-output",
                    "delete-temp-output",
                    "cleanup-metadata");

    private final Terminal terminal;
    private final Workflow workflow;
    private final Arguments given;

    Stages(Terminal terminal, Workflow workflow) {
        this.terminal = terminal;
        this.workflow = workflow;
        this.given = workflow.options().given();
    }

    int look() throws IOException {
        RuleBook book = workflow.book();
        if (given.has("list-rules")) {
            return print(Inspections.ruleList(book));
        }
        if (given.has("list-target-rules")) {
            return print(Inspections.targetRuleList(book));
        }
        if (given.has("lint")) {
            return lint();
        }
        if (given.has("cleanup-metadata")) {
            return new MetadataCleanup(terminal, workflow.folder(), workflow.options()).run();
        }
        if (INSPECTIONS.stream().anyMatch(given::has)) {
            return lookAtPlan(book);
        }
        Workflow.Drawn drawn = workflow.plan(Provenance.load(workflow.folder()));
        if (drawn == null) {
            return ExitCode.BAD_INPUT;
        }
        var dryRun = new DryRun(terminal, workflow, drawn);
        return given.has("json") ? dryRun.asJson() : dryRun.asText();
    }

    private int lint() throws IOException {
        List<Finding> findings = Lint.of(workflow.book());
        var renderer =
                terminal.colour() ? DiagnosticRenderer.coloured() : DiagnosticRenderer.plain();
        print(
                "json".equals(given.last("lint"))
                        ? LintReport.json(findings)
                        : LintReport.text(findings, renderer));
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.JOB_FAILED;
    }

    private int lookAtPlan(RuleBook book) throws IOException {
        Provenance past = Provenance.load(workflow.folder());
        Workflow.Drawn drawn = workflow.plan(past);
        if (drawn == null) {
            return ExitCode.BAD_INPUT;
        }
        Plan plan = drawn.plan();
        if (given.has("dag")) {
            return print(Inspections.dag(book, plan, Inspections.Format.of(given.last("dag"))));
        }
        if (given.has("rulegraph")) {
            return print(
                    Inspections.ruleGraph(
                            book, plan, Inspections.Format.of(given.last("rulegraph"))));
        }
        if (given.has("filegraph")) {
            return print(Inspections.fileGraph(book, plan));
        }
        if (given.has("list-untracked")) {
            return lines(Untracked.files(plan, workflow.folder()));
        }
        if (given.has("delete-all-output") || given.has("delete-temp-output")) {
            boolean onlyTemporary = !given.has("delete-all-output");
            OutputRemoval.Result result =
                    OutputRemoval.remove(
                            plan, workflow.folder(), onlyTemporary, workflow.options().dryRun());
            return print(result.text());
        }
        var evaluation = new JobEvaluation(book, drawn.request(), workflow.helper());
        var states =
                new FileStates(
                        plan,
                        drawn.files(),
                        past,
                        evaluation,
                        drawn.request(),
                        ZoneId.systemDefault());
        if (given.has("list-changes")) {
            return print(
                    states.changed(
                            Changes.Kind.valueOf(
                                    given.last("list-changes", "").toUpperCase(Locale.ROOT))));
        }
        if (given.has("list-input-changes")) {
            return print(states.changed(Changes.Kind.INPUT));
        }
        if (given.has("list-params-changes")) {
            return print(states.changed(Changes.Kind.PARAMS));
        }
        return print(states.summary(given.has("detailed-summary")));
    }

    private int print(String text) {
        terminal.out().print(text);
        return ExitCode.DONE;
    }

    private int lines(List<String> lines) {
        lines.forEach(terminal.out()::println);
        return ExitCode.DONE;
    }
}
