package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Walks states × events and writes what it saw to docs/job-states.md; fails when that differs from
 * what stands there ({@code -Dgolden.update=true} writes it anew).
 */
class JobStatesTest {
    private static final Path PAGE = Path.of("../docs/job-states.md");

    /** The task that is watched; it needs task 0, and is a checkpoint with one retry. */
    private static final int TASK = 1;

    private final SequencedMap<String, Consumer<Play>> ways = new LinkedHashMap<>();
    private final SequencedMap<String, Event> events = new LinkedHashMap<>();

    JobStatesTest() {
        ways.put("Waiting", play -> {});
        ways.put("Evaluating", play -> play.succeeds(0, 1));
        ways.put(
                "Queued",
                play -> {
                    play.tell(new Event.CapacityChanged(new Limits(1, 1, new LinkedHashMap<>())));
                    play.succeeds(0, 1);
                    play.scheduler.on(new Event.Evaluated(2, 1, Needs.threads(1), "local"));
                    play.scheduler.on(evaluated());
                });
        ways.put(
                "Submitted",
                play -> {
                    play.succeeds(0, 1);
                    play.scheduler.on(evaluated());
                });
        ways.put("Adopting", JobStatesTest::adopt);
        ways.put(
                "Running",
                play -> {
                    to("Submitted", play);
                    play.tell(new Event.AttemptRunning(TASK, 1));
                });
        ways.put(
                "Settling after success",
                play -> {
                    to("Running", play);
                    play.ends(TASK, 1, new AttemptEnd.Succeeded());
                });
        ways.put(
                "Settling after failure",
                play -> {
                    to("Running", play);
                    play.ends(TASK, 1, new AttemptEnd.Failed(1, "exit code 1"));
                });
        ways.put(
                "Settling after the last failure",
                play -> {
                    to("Settling after failure", play);
                    play.tell(new Event.Settled(TASK, 1, play.notRun(TASK)));
                    play.scheduler.on(new Event.Evaluated(TASK, 2, Needs.threads(1), "local"));
                    play.ends(TASK, 2, new AttemptEnd.Failed(1, "exit code 1"));
                });
        ways.put(
                "Settling after eviction",
                play -> {
                    to("Running", play);
                    play.ends(TASK, 1, new AttemptEnd.Evicted("preempted"));
                });
        ways.put(
                "Delayed",
                play -> {
                    to("Settling after eviction", play);
                    play.tell(new Event.Settled(TASK, 1, play.notRun(TASK)));
                });
        ways.put(
                "Replanning",
                play -> {
                    to("Settling after success", play);
                    play.settles(TASK, 1);
                });
        ways.put(
                "Succeeded",
                play -> {
                    to("Replanning", play);
                    play.tell(changed(List.of()));
                });
        ways.put(
                "Failed",
                play -> {
                    play.succeeds(0, 1);
                    play.tell(new Event.EvaluationFailed(TASK, 1, "KeyError"));
                });
        ways.put("Abandoned", play -> play.fails(0, 1));
        ways.put("Cancelled", play -> play.tell(new Event.CancelRequested(TASK)));
    }

    @Test
    void theTableOfStatesAndEventsIsTheOneInTheDocumentation() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private void to(String state, Play play) {
        var way = ways.get(state);
        assertThat(way).as(state).isNotNull();
        if (way != null) {
            way.accept(play);
        }
    }

    private static Event.Evaluated evaluated() {
        return new Event.Evaluated(TASK, 1, Needs.threads(1), "local");
    }

    private static Event changed(List<Integer> removed) {
        TestWorkload same = workload();
        return new Event.PlanChanged(List.of(TASK), same, List.of(), List.of(), removed);
    }

    private static TestWorkload workload() {
        var workload = new TestWorkload();
        int need = workload.task("need");
        int task = workload.task("task", need);
        int other = workload.task("other");
        workload.retries(task, 1).asCheckpoint(task).priority(other, 1);
        return workload;
    }
}
