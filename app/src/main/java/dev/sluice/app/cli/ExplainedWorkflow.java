package dev.sluice.app.cli;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.runs.ExplainWorkflow;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.Planned;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.schedule.Limits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow as {@code sluice run -n} plans it, for {@code sluice explain}. */
public final class ExplainedWorkflow implements ExplainWorkflow {
    private final Workflow workflow;
    private final Provenance past;
    private final Workflow.Drawn drawn;

    private ExplainedWorkflow(Workflow workflow, Provenance past, Workflow.Drawn drawn) {
        this.workflow = workflow;
        this.past = past;
        this.drawn = drawn;
    }

    /** Opens workflows by command lines of {@code run}. */
    public static ExplainWorkflow.Opener opener(
            Terminal terminal, OptionTable table, Map<String, String> environment) {
        return (words, launchFolder) -> {
            Arguments typed = dryRun(ArgumentParser.parse(table, words));
            Path found = RunOptions.snakefile(typed, launchFolder);
            Arguments given = new Profiles(table, launchFolder, environment).apply(typed, found);
            var options = new RunOptions(given, launchFolder, environment);
            options.refuseWhatIsNotBuilt(table);
            return open(terminal, options, Requests.snakefile(given, launchFolder), words);
        };
    }

    private static @Nullable ExplainWorkflow open(
            Terminal terminal, RunOptions options, Path snakefile, List<String> words)
            throws IOException {
        Workflow workflow = Workflow.load(terminal, options, snakefile, words);
        if (workflow == null) {
            return null;
        }
        Provenance past = Provenance.load(workflow.folder());
        Workflow.Drawn drawn = workflow.plan(past);
        if (drawn == null) {
            workflow.close();
            return null;
        }
        return new ExplainedWorkflow(workflow, past, drawn);
    }

    private static Arguments dryRun(Arguments given) {
        var values = new LinkedHashMap<>(given.values());
        values.put("dry-run", List.of());
        return new Arguments(values, given.targets());
    }

    @Override
    public Path folder() {
        return workflow.folder();
    }

    @Override
    public Plan plan() {
        return drawn.plan();
    }

    @Override
    public Planned planFor(String target) {
        PlanRequest asked = drawn.request();
        var alone =
                new PlanRequest(
                        List.of(target),
                        asked.forcing(),
                        asked.cut(),
                        asked.resourcing(),
                        asked.rerun(),
                        asked.grouping(),
                        asked.options());
        return new Planner(workflow.book(), alone, workflow.helper(), drawn.files(), past).plan();
    }

    @Override
    public FileFacts files() {
        return drawn.files();
    }

    @Override
    public Provenance past() {
        return past;
    }

    @Override
    public JobEvaluation evaluation() {
        return new JobEvaluation(workflow.book(), drawn.request(), workflow.helper());
    }

    @Override
    public Limits limits() {
        RunOptions options = workflow.options();
        return new Limits(options.jobs(), options.cores(), workflow.requests().limits());
    }

    @Override
    public boolean keepsGoing() {
        return workflow.options().given().has("keep-going");
    }

    @Override
    public void close() {
        workflow.close();
    }
}
