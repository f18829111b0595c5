package dev.sluice.engine.plan;

/** What became of the evaluation of one job. */
public sealed interface Evaluation {
    record Ready(JobSettings settings) implements Evaluation {}

    record Failed(Problem problem) implements Evaluation {}
}
