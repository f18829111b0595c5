package dev.sluice.engine.journal;

import dev.sluice.engine.journal.ByteReader.BadBytes;
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

/**
 * Facts from the bytes that {@link FactWriter} wrote. Arguments are read in the order in which they
 * are written.
 */
final class FactReader {
    private FactReader() {}

    static Fact read(ByteReader in, int version) {
        int kind = in.u8();
        return switch (kind) {
            case 1 ->
                    new Fact.RunStarted(
                            in.texts(),
                            in.text(),
                            in.text(),
                            in.text(),
                            in.text(),
                            in.texts(),
                            origin(in, version));
            case 2 ->
                    new Fact.RunResumed(
                            in.texts(), in.text(), in.text(), in.number(), origin(in, version));
            case 3 -> new Fact.PlanMade(number(in), in.map(FactReader::number));
            case 4 ->
                    new Fact.PlanChanged(
                            in.each(FactReader::key),
                            in.each(FactReader::key),
                            in.each(FactReader::key),
                            in.each(FactReader::key),
                            in.map(FactReader::number));
            case 5 ->
                    new Fact.AttemptStarted(
                            key(in),
                            number(in),
                            number(in),
                            in.text(),
                            needs(in),
                            in.each(FactReader::plannedJob));
            case 6 -> new Fact.AttemptRunning(key(in), number(in));
            case 7 -> new Fact.AttemptEnded(key(in), number(in), end(in));
            case 8 -> new Fact.JobFinished(key(in), number(in), job(in));
            case 9 -> new Fact.JobFailed(key(in), number(in), failure(in));
            case 10 -> new Fact.TaskSettled(key(in), number(in), verdict(in));
            case 11 -> new Fact.StopRequested(in.flag());
            case 12 -> new Fact.RunEnded(outcome(in.u8()));
            case 13 -> new Fact.TempDeleted(in.texts());
            case 14 -> new Fact.OutputsTouched(in.each(FactReader::output));
            case 15 -> new Fact.OutputsForgotten(in.texts());
            case 16 -> new Fact.Warned(in.text());
            case 17 -> new Fact.AttemptDisowned(key(in), number(in));
            case 18 ->
                    new Fact.AttemptHandedOver(key(in), number(in), in.each(FactReader::handedJob));
            case 19 -> new Fact.RetryRequested(key(in));
            default -> throw new BadBytes("a fact of the unknown kind " + kind);
        };
    }

    private static int number(ByteReader in) {
        return Math.toIntExact(in.number());
    }

    private static Key key(ByteReader in) {
        return new Key(in.text());
    }

    private static Needs needs(ByteReader in) {
        return new Needs(number(in), in.map(ByteReader::number));
    }

    private static PlannedJob plannedJob(ByteReader in) {
        return new PlannedJob(key(in), in.text(), in.map(ByteReader::text), in.texts());
    }

    private static Fact.Origin origin(ByteReader in, int version) {
        return version < 2 ? Fact.Origin.UNKNOWN : new Fact.Origin(in.text(), in.text(), in.text());
    }

    private static HandedJob handedJob(ByteReader in) {
        return new HandedJob(
                key(in),
                in.text(),
                made(in),
                in.texts(),
                in.text(),
                in.text(),
                in.texts(),
                in.texts(),
                in.number());
    }

    private static AttemptEnd end(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case 1 -> new AttemptEnd.Succeeded();
            case 2 -> new AttemptEnd.Failed(number(in), in.text());
            case 3 -> new AttemptEnd.Evicted(in.text());
            case 4 -> new AttemptEnd.Lost(in.text());
            case 5 -> new AttemptEnd.StagingFailed(in.text());
            case 6 -> new AttemptEnd.NeverStarted();
            case 7 -> new AttemptEnd.Cancelled();
            default -> throw new BadBytes("an attempt's end of the unknown kind " + kind);
        };
    }

    private static JobRecord job(ByteReader in) {
        return new JobRecord(
                key(in),
                in.text(),
                in.map(ByteReader::text),
                in.each(FactReader::output),
                made(in),
                in.texts(),
                in.text(),
                usage(in));
    }

    private static JobRecord.Output output(ByteReader in) {
        return new JobRecord.Output(in.text(), in.number(), in.number());
    }

    private static JobRecord.Made made(ByteReader in) {
        return new JobRecord.Made(
                in.text(),
                in.text(),
                in.text(),
                in.texts(),
                in.texts(),
                in.text(),
                in.text(),
                in.each(from -> new JobRecord.Checksum(from.text(), from.text())));
    }

    private static JobRecord.Usage usage(ByteReader in) {
        return new JobRecord.Usage(in.number(), in.number(), number(in), in.number(), in.number());
    }

    private static JobEnd.Failed failure(ByteReader in) {
        return new JobEnd.Failed(key(in), in.text(), number(in), in.text(), in.text(), in.texts());
    }

    private static Verdict verdict(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case 1 -> new Verdict.Succeeded();
            case 2 -> new Verdict.Again(budget(in.u8()));
            case 3 -> new Verdict.Failed(in.text());
            case 4 -> new Verdict.Cancelled();
            default -> throw new BadBytes("a verdict of the unknown kind " + kind);
        };
    }

    private static Budget budget(int number) {
        return switch (number) {
            case 1 -> Budget.NONE;
            case 2 -> Budget.RETRIES;
            case 3 -> Budget.EVICTIONS;
            case 4 -> Budget.LOSSES;
            case 5 -> Budget.STAGING;
            default -> throw new BadBytes("an unknown budget " + number);
        };
    }

    private static RunOutcome outcome(int number) {
        return switch (number) {
            case 1 -> RunOutcome.SUCCEEDED;
            case 2 -> RunOutcome.FAILED;
            case 3 -> RunOutcome.STOPPED;
            default -> throw new BadBytes("an unknown outcome " + number);
        };
    }
}
