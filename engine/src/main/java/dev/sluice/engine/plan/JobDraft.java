package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** A job while its settings are evaluated; the first problem ends it. */
final class JobDraft {
    final PlannedJob job;
    final int attempt;
    final NamedList<String> input;
    final NamedList<String> output;
    final SequencedMap<String, Value> declared = new LinkedHashMap<>();
    final List<Value> params = new ArrayList<>();
    SequencedMap<String, Value> resources = new LinkedHashMap<>();
    int threads = 1;
    double priority;
    @Nullable String conda;
    @Nullable String container;
    @Nullable Problem problem;

    JobDraft(PlannedJob job, int attempt) {
        this.job = job;
        this.attempt = attempt;
        input = Arguments.paths(job.input());
        output = Arguments.paths(job.output());
    }

    boolean whole() {
        return problem == null;
    }

    void fail(Problem because) {
        if (problem == null) {
            problem = because;
        }
    }

    void fail(PlanCode code, String message) {
        fail(Problems.ofRule(code, job.rule(), message, Problems.wildcards(job.wildcards())));
    }

    /**
     * What functions of threads, resources and priority see; no threads while they are being found.
     */
    JobArguments early(@Nullable Integer known) {
        return new JobArguments(
                job.rule().name(),
                job.wildcards().toMap(),
                input,
                output,
                null,
                null,
                known,
                null,
                attempt,
                job.group(),
                job.id());
    }

    /** What functions of params and software see. */
    JobArguments late(@Nullable NamedList<Value> known) {
        return new JobArguments(
                job.rule().name(),
                job.wildcards().toMap(),
                input,
                output,
                known,
                null,
                threads,
                all(),
                attempt,
                job.group(),
                job.id());
    }

    /**
     * Takes the value of an answer; a missing input makes it undetermined, and so does {@code
     * checkpoint}.
     */
    void take(Answer answer, Value atCheckpoint, Consumer<Value> receiver) {
        switch (answer) {
            case Answer.Of of -> receiver.accept(of.value());
            case Answer.NeedsCheckpoint needed -> takeCheckpoint(needed, atCheckpoint, receiver);
            case Answer.NeedsFile missing -> takeMissing(missing, receiver);
            case Answer.Failed failed -> fail(failed.error());
            case Answer.Files files -> throw unexpected(files);
            case Answer.Formatted text -> throw unexpected(text);
            case Answer.Script script -> throw unexpected(script);
        }
    }

    private void takeCheckpoint(
            Answer.NeedsCheckpoint needed, Value atCheckpoint, Consumer<Value> receiver) {
        boolean undetermined = atCheckpoint.equals(JobSettings.TO_BE_DETERMINED);
        if (undetermined && !input.items().contains(needed.target())) {
            fail(
                    PlanCode.CHECKPOINT_NOT_AN_INPUT,
                    "A parameter depends on the checkpoint "
                            + needed.rule()
                            + " but its output "
                            + needed.target()
                            + " is not among the inputs of the rule. Add it there.");
            return;
        }
        receiver.accept(atCheckpoint);
    }

    private void takeMissing(Answer.NeedsFile missing, Consumer<Value> receiver) {
        if (input.items().contains(missing.path())) {
            receiver.accept(JobSettings.TO_BE_DETERMINED);
        } else {
            fail(missing.error());
        }
    }

    private void fail(PythonError error) {
        fail(Problems.function(job.rule(), job.wildcards(), error));
    }

    private static IllegalStateException unexpected(Answer answer) {
        return new IllegalStateException("a function of a job answered " + answer);
    }

    private SequencedMap<String, Value> all() {
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        all.put("_cores", new Value.Int(threads));
        all.put("_nodes", new Value.Int(1));
        all.putAll(resources);
        return all;
    }

    JobSettings settings(List<Value> comparedParams) {
        return new JobSettings(
                job,
                attempt,
                new NamedList<>(params, job.rule().params().names()),
                comparedParams,
                threads,
                resources,
                priority,
                conda,
                container);
    }
}
