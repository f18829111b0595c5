package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.inspect.Changes;
import dev.sluice.app.inspect.FileStates;
import dev.sluice.app.inspect.Finding;
import dev.sluice.app.inspect.Inspections;
import dev.sluice.app.inspect.Lint;
import dev.sluice.app.inspect.LintReport;
import dev.sluice.app.inspect.OutputRemoval;
import dev.sluice.app.inspect.Untracked;
import dev.sluice.app.options.Arguments;
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
 * Answers what a loaded workflow is asked short of a run: its rules, its plan, what a run would do,
 * and the removal of what runs have left. Never starts a job.
 */
final class WithoutRunning {
    /** Options that are answered so; without any of them it is a dry-run. */
    static final List<String> OPTIONS =
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

    WithoutRunning(Terminal terminal, Workflow workflow) {
        this.terminal = terminal;
        this.workflow = workflow;
        this.given = workflow.options().given();
    }

    int answer() throws IOException {
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
        if (OPTIONS.stream().anyMatch(given::has)) {
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
        // Hints go to standard output, of which nobody knows whether it is a terminal.
        print(
                "json".equals(given.last("lint"))
                        ? LintReport.json(findings)
                        : LintReport.text(findings, DiagnosticRenderer.plain()));
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
        return fileStates(states(drawn, past));
    }

    private FileStates states(Workflow.Drawn drawn, Provenance past) {
        return new FileStates(
                drawn.plan(),
                drawn.files(),
                past,
                new JobEvaluation(workflow.book(), drawn.request(), workflow.helper()),
                drawn.request(),
                ZoneId.systemDefault());
    }

    private int fileStates(FileStates states) {
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
