package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.show.PlanJson;
import dev.sluice.app.show.PlanText;
import dev.sluice.dsl.diagnostic.Severity;
import dev.sluice.engine.plan.Evaluation;
import dev.sluice.engine.plan.Formatted;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.plan.Problem;
import dev.sluice.engine.plan.Template;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code -n}: evaluates what would run, in batches, and prints it. Runs nothing and writes no file.
 */
final class DryRun {
    private static final int BATCH = 2_000;

    private final Terminal terminal;
    private final Workflow workflow;
    private final Workflow.Drawn drawn;
    private final JobEvaluation evaluation;

    DryRun(Terminal terminal, Workflow workflow, Workflow.Drawn drawn) {
        this.terminal = terminal;
        this.workflow = workflow;
        this.drawn = drawn;
        this.evaluation = new JobEvaluation(workflow.book(), drawn.request(), workflow.helper());
    }

    /** What is done with each job of the plan, in order. */
    private interface Sink {
        void job(JobSettings settings, @Nullable String command, @Nullable String message)
                throws IOException;
    }

    int asJson() throws IOException {
        Writer out = new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8);
        var json = new PlanJson(out);
        boolean complete =
                each(
                        (settings, command, message) ->
                                json.write(
                                        settings,
                                        command,
                                        drawn.plan().reason(settings.job().id()).text()));
        json.close();
        return complete ? ExitCode.DONE : ExitCode.BAD_INPUT;
    }

    int asText() throws IOException {
        RunOptions options = workflow.options();
        if (options.silent("all")) {
            return ExitCode.DONE;
        }
        boolean withRules = !options.silent("rules");
        var text =
                new PlanText(
                        drawn.plan(),
                        terminal.out(),
                        withRules,
                        !options.silent("reason"),
                        options.given().has("printshellcmds"));
        text.begin();
        boolean complete = !withRules || each(text::job);
        if (complete) {
            text.end();
        }
        return complete ? ExitCode.DONE : ExitCode.BAD_INPUT;
    }

    /** False when a job could not be evaluated, which was said. */
    private boolean each(Sink sink) throws IOException {
        List<PlannedJob> batch = new ArrayList<>();
        for (List<Integer> layer : drawn.plan().layers()) {
            for (int job : layer) {
                batch.add(drawn.plan().job(job));
                if (batch.size() == BATCH) {
                    if (!show(batch, sink)) {
                        return false;
                    }
                    batch.clear();
                }
            }
        }
        return show(batch, sink);
    }

    private boolean show(List<PlannedJob> jobs, Sink sink) throws IOException {
        List<JobSettings> ready = new ArrayList<>();
        for (Evaluation one : evaluation.evaluate(jobs, 1)) {
            switch (one) {
                case Evaluation.Ready(JobSettings settings) -> ready.add(settings);
                case Evaluation.Failed(Problem problem) -> {
                    workflow.show(problem, Severity.ERROR);
                    return false;
                }
            }
        }
        List<@Nullable String> commands = texts(ready, true);
        List<@Nullable String> messages = texts(ready, false);
        if (commands.size() < ready.size() || messages.size() < ready.size()) {
            return false;
        }
        for (int i = 0; i < ready.size(); i++) {
            sink.job(ready.get(i), commands.get(i), messages.get(i));
        }
        return true;
    }

    /**
     * One text a job, null where the rule has none; fewer than jobs when one could not be
     * formatted.
     */
    private List<@Nullable String> texts(List<JobSettings> jobs, boolean command) {
        List<@Nullable Template> templates = new ArrayList<>();
        List<Template> asked = new ArrayList<>();
        for (JobSettings job : jobs) {
            Template template = command ? Template.shell(job) : Template.message(job);
            templates.add(template);
            if (template != null) {
                asked.add(template);
            }
        }
        var answers = evaluation.format(asked).iterator();
        List<@Nullable String> texts = new ArrayList<>();
        for (Template template : templates) {
            if (template == null) {
                texts.add(null);
                continue;
            }
            switch (answers.next()) {
                case Formatted.Text(String text) -> texts.add(text);
                case Formatted.Failed(Problem problem) -> {
                    workflow.show(problem, Severity.ERROR);
                    return texts;
                }
            }
        }
        return texts;
    }
}
