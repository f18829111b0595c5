package dev.sluice.app.watch;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Where a run stands, looked at at most once a second, or at once where its facts say that it ended
 * or goes on. Owned by the thread that folds.
 */
final class StandingWatch {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DIAGNOSIS_BYTES = 16 << 10;

    private final HostedRun run;
    private RunStanding now = new RunStanding(RunStanding.State.PLANNING, "", -1);
    private RunStanding seen = now;
    private String diagnosis = "";
    private boolean looked;
    private long lookedAtNanos;
    private long lookedAtPosition;
    private boolean wasActive;
    private @Nullable RunOutcome outcome;

    StandingWatch(HostedRun run) {
        this.run = run;
    }

    RunStanding now() {
        return now;
    }

    /** What engines printed where none made a plan; else empty. */
    String diagnosis() {
        return diagnosis;
    }

    /** Whether there is another state to tell. */
    boolean look(boolean active, RunHead head, long position) {
        boolean due =
                !looked
                        || active != wasActive
                        || head.outcome() != outcome
                        || System.nanoTime() - lookedAtNanos >= PAUSE_NANOS;
        if (!due) {
            return false;
        }
        seen = seen(head, position);
        looked = true;
        wasActive = active;
        outcome = head.outcome();
        lookedAtNanos = System.nanoTime();
        lookedAtPosition = position;
        RunStanding before = now;
        String saidBefore = diagnosis;
        now = known(seen, active);
        boolean unplanned = !active && !head.planned() && !now.mayGoOn();
        diagnosis = unplanned ? printed() : "";
        return before.state() != now.state() || !saidBefore.equals(diagnosis);
    }

    /**
     * A run without an end that nobody holds costs a reading of its whole journal: it stays what it
     * was while there is neither a fact nor a holder more.
     */
    private RunStanding seen(RunHead head, long position) {
        boolean held =
                switch (Hold.standingOf(run.folder())) {
                    case LIVING, UNSEEN -> true;
                    case NOBODY, DEAD -> false;
                };
        boolean same = looked && position == lookedAtPosition && head.outcome() == outcome;
        boolean free = seen.holder().isEmpty();
        return same && free && !held ? seen : RunStanding.of(run.folder(), head);
    }

    /** The server knows better than the run's files whether somebody is about to begin. */
    private static RunStanding known(RunStanding seen, boolean active) {
        return switch (seen.state()) {
            case PLANNING -> active ? seen : as(RunStanding.State.BROKEN_OFF, seen);
            case BROKEN_OFF -> active ? as(RunStanding.State.PLANNING, seen) : seen;
            case RUNNING, ELSEWHERE, SUCCEEDED, FAILED, STOPPED -> seen;
        };
    }

    private static RunStanding as(RunStanding.State state, RunStanding seen) {
        return new RunStanding(state, seen.holder(), seen.renewedMillis());
    }

    private String printed() {
        Path log = run.engineLog();
        try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = channel.size();
            var tail = ByteBuffer.allocate((int) Math.min(size, DIAGNOSIS_BYTES));
            long at = size - tail.capacity();
            while (tail.hasRemaining() && channel.read(tail, at + tail.position()) > 0) {
                // A read may give less than was asked for.
            }
            return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
        } catch (IOException nothingToSay) {
            return "";
        }
    }
}
