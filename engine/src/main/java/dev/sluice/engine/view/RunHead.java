package dev.sluice.engine.view;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What is true of a run as a whole: a fold over its facts that looks at no job, so that lists of
 * runs stay cheap. See {@link RunCounts} for how far it is and {@link RunView} for its jobs.
 */
public final class RunHead {
    /** A run that warns without end shall not fill the memory of those who look. */
    private static final int WARNINGS_KEPT = 100;

    private final List<Life> lives = new ArrayList<>();
    private final Deque<Warning> warnings = new ArrayDeque<>();
    private String folder = "";
    private String owner = "";
    private long facts;
    private long lastMillis = -1;
    private long workedMillis;
    private int warned;
    private int plans;
    private boolean planned;
    private boolean stopping;
    private @Nullable RunOutcome outcome;

    /** Something a person was told. */
    public record Warning(long millis, String message) {}

    /** What the run's journal says now. */
    public static RunHead of(RunFolder run) {
        var head = new RunHead();
        JournalReader.read(run.journal(), 0, head::apply);
        return head;
    }

    public void apply(Entry entry) {
        facts++;
        long before = lastMillis;
        lastMillis = entry.millis();
        switch (entry.fact()) {
            case Fact.RunStarted started -> begin(entry.millis(), before, started);
            case Fact.RunResumed(var argv, var user, var version, long epoch, var origin) ->
                    live(new Life(entry.millis(), argv, user, version, epoch, origin), before);
            case Fact.PlanMade _ -> {
                plans++;
                planned = true;
                stopping = false;
            }
            case Fact.StopRequested _ -> stopping = true;
            case Fact.RunEnded(var ended) -> outcome = ended;
            case Fact.Warned(var message) -> warn(new Warning(entry.millis(), message));
            case Fact.PlanChanged _,
                    Fact.AttemptStarted _,
                    Fact.AttemptHandedOver _,
                    Fact.AttemptRunning _,
                    Fact.AttemptDisowned _,
                    Fact.AttemptEnded _ -> {}
            case Fact.RetryRequested _,
                    Fact.JobFinished _,
                    Fact.JobFailed _,
                    Fact.TaskSettled _,
                    Fact.TempDeleted _,
                    Fact.OutputsTouched _,
                    Fact.OutputsForgotten _ -> {}
        }
    }

    /** The first one first; empty before the first fact. */
    public List<Life> lives() {
        return List.copyOf(lives);
    }

    /** The engine that has it now, or had it last; null before the first fact. */
    public @Nullable Life lastLife() {
        return lives.isEmpty() ? null : lives.getLast();
    }

    /** The working folder, as the first engine saw it. */
    public String folder() {
        return folder;
    }

    public String owner() {
        return owner;
    }

    /** When it began, or -1. */
    public long startedMillis() {
        return lives.isEmpty() ? -1 : lives.getFirst().millis();
    }

    /** When the last fact was written, or -1. */
    public long lastMillis() {
        return lastMillis;
    }

    /** How long engines were at work on it: the last one until {@code end}. */
    public long workedMillis(long end) {
        return lives.isEmpty() ? 0 : workedMillis + Math.max(0, end - lives.getLast().millis());
    }

    public long facts() {
        return facts;
    }

    /** How many plans were made from what is on disk. */
    public int plans() {
        return plans;
    }

    /** Whether the present engine has made its plan. */
    public boolean planned() {
        return planned;
    }

    /** It was asked to stop, and has not ended yet. */
    public boolean stopping() {
        return stopping && outcome == null;
    }

    /** Null while it goes on, or where it broke off. */
    public @Nullable RunOutcome outcome() {
        return outcome;
    }

    /** The last ones; {@link #warned} counts them all. */
    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    public int warned() {
        return warned;
    }

    private void begin(long millis, long before, Fact.RunStarted started) {
        folder = started.folder();
        owner = started.owner();
        live(
                new Life(
                        millis,
                        started.argv(),
                        started.user(),
                        started.version(),
                        1,
                        started.origin()),
                before);
    }

    private void live(Life life, long before) {
        if (!lives.isEmpty()) {
            workedMillis += Math.max(0, before - lives.getLast().millis());
        }
        lives.add(life);
        outcome = null;
        planned = false;
        stopping = false;
    }

    private void warn(Warning warning) {
        warned++;
        warnings.addLast(warning);
        if (warnings.size() > WARNINGS_KEPT) {
            warnings.removeFirst();
        }
    }
}
