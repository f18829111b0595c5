package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Budget;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

/** Facts as bytes. The numbers are for good: one that was used never means anything else. */
final class FactWriter {
    private FactWriter() {}

    static void write(ByteWriter out, Fact fact) {
        switch (fact) {
            case Fact.RunStarted(
                            var argv,
                            var folder,
                            var user,
                            var owner,
                            var version,
                            var environment,
                            var origin) ->
                    origin(
                            out.u8(1)
                                    .texts(argv)
                                    .text(folder)
                                    .text(user)
                                    .text(owner)
                                    .text(version)
                                    .texts(environment),
                            origin);
            case Fact.RunResumed(var argv, var user, var version, long epoch, var origin) ->
                    origin(out.u8(2).texts(argv).text(user).text(version).number(epoch), origin);
            case Fact.PlanMade(int tasks, var jobsByRule) ->
                    out.u8(3).number(tasks).map(jobsByRule, (to, count) -> to.number(count));
            case Fact.PlanChanged(
                            var checkpoints,
                            var added,
                            var rewired,
                            var removed,
                            var jobsByRule) ->
                    out.u8(4)
                            .each(checkpoints, FactWriter::key)
                            .each(added, FactWriter::key)
                            .each(rewired, FactWriter::key)
                            .each(removed, FactWriter::key)
                            .map(jobsByRule, (to, count) -> to.number(count));
            case Fact.AttemptStarted(
                            var task,
                            int attempt,
                            int tryNumber,
                            var executor,
                            var needs,
                            var jobs) -> {
                attempt(out.u8(5), task, attempt);
                needs(out.number(tryNumber).text(executor), needs);
                out.each(jobs, FactWriter::plannedJob);
            }
            case Fact.AttemptRunning(var task, int attempt) -> attempt(out.u8(6), task, attempt);
            case Fact.AttemptEnded(var task, int attempt, var end) ->
                    end(attempt(out.u8(7), task, attempt), end);
            case Fact.JobFinished(var task, int attempt, var job) ->
                    job(attempt(out.u8(8), task, attempt), job);
            case Fact.JobFailed(var task, int attempt, var job) ->
                    failure(attempt(out.u8(9), task, attempt), job);
            case Fact.TaskSettled(var task, int attempt, var verdict) ->
                    verdict(attempt(out.u8(10), task, attempt), verdict);
            case Fact.StopRequested(boolean now) -> out.u8(11).flag(now);
            case Fact.RunEnded(var outcome) -> out.u8(12).u8(number(outcome));
            case Fact.TempDeleted(var paths) -> out.u8(13).texts(paths);
            case Fact.OutputsTouched(var outputs) -> out.u8(14).each(outputs, FactWriter::output);
            case Fact.OutputsForgotten(var paths) -> out.u8(15).texts(paths);
            case Fact.AttemptDisowned(var task, int attempt) -> attempt(out.u8(17), task, attempt);
            case Fact.AttemptHandedOver(var task, int attempt, var jobs) ->
                    attempt(out.u8(18), task, attempt).each(jobs, FactWriter::handedJob);
            case Fact.RetryRequested(var task) -> key(out.u8(19), task);
            case Fact.Warned(var message) -> out.u8(16).text(message);
        }
    }

    private static void key(ByteWriter out, Key key) {
        out.text(key.text());
    }

    private static ByteWriter attempt(ByteWriter out, Key task, int attempt) {
        key(out, task);
        return out.number(attempt);
    }

    private static void origin(ByteWriter out, Fact.Origin origin) {
        out.text(origin.launchFolder()).text(origin.host()).text(origin.boot());
    }

    private static void handedJob(ByteWriter out, HandedJob job) {
        key(out, job.key());
        made(out.text(job.reason()), job.made());
        out.texts(job.logs())
                .text(job.shadow())
                .text(job.log())
                .texts(job.temporary())
                .texts(job.processes());
        out.number(job.preparedMillis());
    }

    private static void needs(ByteWriter out, Needs needs) {
        out.number(needs.threads()).map(needs.resources(), ByteWriter::number);
    }

    private static void plannedJob(ByteWriter out, PlannedJob job) {
        key(out, job.key());
        out.text(job.rule()).map(job.wildcards(), ByteWriter::text).texts(job.outputs());
    }

    private static void end(ByteWriter out, AttemptEnd end) {
        switch (end) {
            case AttemptEnd.Succeeded() -> out.u8(1);
            case AttemptEnd.Failed(int exitCode, var reason) ->
                    out.u8(2).number(exitCode).text(reason);
            case AttemptEnd.Evicted(var reason) -> out.u8(3).text(reason);
            case AttemptEnd.Lost(var reason) -> out.u8(4).text(reason);
            case AttemptEnd.StagingFailed(var reason) -> out.u8(5).text(reason);
            case AttemptEnd.NeverStarted() -> out.u8(6);
            case AttemptEnd.Cancelled() -> out.u8(7);
        }
    }

    private static void job(ByteWriter out, JobRecord job) {
        key(out, job.key());
        out.text(job.rule())
                .map(job.wildcards(), ByteWriter::text)
                .each(job.outputs(), FactWriter::output);
        made(out, job.made());
        out.texts(job.logs()).text(job.attemptLog());
        usage(out, job.usage());
    }

    private static void output(ByteWriter out, JobRecord.Output output) {
        out.text(output.path()).number(output.size()).number(output.modifiedNanos());
    }

    private static void made(ByteWriter out, JobRecord.Made made) {
        out.text(made.command()).text(made.commandHash()).text(made.code()).texts(made.params());
        out.texts(made.inputs()).text(made.inputSet()).text(made.software());
        out.each(
                made.inputChecksums(),
                (to, checksum) -> to.text(checksum.path()).text(checksum.sha256()));
    }

    private static void usage(ByteWriter out, JobRecord.Usage usage) {
        out.number(usage.startMillis()).number(usage.endMillis()).number(usage.exitCode());
        out.number(usage.cpuMillis()).number(usage.maxRssBytes());
    }

    private static void failure(ByteWriter out, JobEnd.Failed job) {
        key(out, job.job());
        out.text(job.rule())
                .number(job.exitCode())
                .text(job.reason())
                .text(job.log())
                .texts(job.leftBehind());
    }

    private static void verdict(ByteWriter out, Verdict verdict) {
        switch (verdict) {
            case Verdict.Succeeded() -> out.u8(1);
            case Verdict.Again(var budget) -> out.u8(2).u8(number(budget));
            case Verdict.Failed(var reason) -> out.u8(3).text(reason);
            case Verdict.Cancelled() -> out.u8(4);
        }
    }

    private static int number(Budget budget) {
        return switch (budget) {
            case NONE -> 1;
            case RETRIES -> 2;
            case EVICTIONS -> 3;
            case LOSSES -> 4;
            case STAGING -> 5;
        };
    }

    private static int number(RunOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> 1;
            case FAILED -> 2;
            case STOPPED -> 3;
        };
    }
}
