package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Walks states × events and writes what it saw to docs/job-states.md; fails when that differs from
 * what stands there ({@code -Dgolden.update=true} writes it anew).
 */
class JobStatesTest {
    private static final Path PAGE = Path.of("../docs/job-states.md");

    /** The watched task needs NEED, is a checkpoint and may be tried again once. */
    private static final int NEED = 0;

    private static final int TASK = 1;

    /** A checkpoint that has succeeded, so that the plan may change at any time. */
    private static final int OTHER = 2;

    /** Takes the only core where that is wanted. */
    private static final int HOLDER = 3;

    private static final AttemptEnd GOOD = new AttemptEnd.Succeeded();
    private static final AttemptEnd BAD = new AttemptEnd.Failed(1, "exit code 1");
    private static final AttemptEnd EVICTED = new AttemptEnd.Evicted("preempted");

    private final TestWorkload workload = new TestWorkload();

    /** The events that lead to each state, and those that are told in each. */
    private final SequencedMap<String, List<Event>> ways = new LinkedHashMap<>();

    private final SequencedMap<String, List<Event>> words = new LinkedHashMap<>();

    JobStatesTest() {
        workload.task("need");
        workload.task("task", NEED);
        workload.task("other");
        workload.task("holder");
        workload.retries(TASK, 1).asCheckpoint(TASK).asCheckpoint(OTHER);
        nameWays();
        nameWords();
    }

    private void nameWays() {
        List<Event> waiting =
                all(
                        new Event.RunRequested(),
                        evaluated(OTHER, 1),
                        ended(OTHER, 1, GOOD),
                        good(OTHER, 1));
        List<Event> needed = List.of(evaluated(NEED, 1), ended(NEED, 1, GOOD), good(NEED, 1));
        List<Event> evaluating = and(waiting, needed);
        List<Event> submitted = and(evaluating, List.of(evaluated(TASK, 1)));
        List<Event> running = and(submitted, List.of(new Event.AttemptRunning(TASK, 1)));
        List<Event> lastTry =
                and(running, List.of(ended(TASK, 1, BAD), bad(1), evaluated(TASK, 2)));
        List<Event> replanning = and(running, List.of(ended(TASK, 1, GOOD), good(TASK, 1)));
        ways.put("Waiting", waiting);
        List<Event> stopped =
                List.of(
                        evaluated(NEED, 1),
                        new Event.StopRequested(false),
                        ended(NEED, 1, GOOD),
                        good(NEED, 1));
        ways.put("Ready", and(waiting, stopped));
        ways.put("Evaluating", evaluating);
        ways.put("Queued", and(evaluating, List.of(evaluated(HOLDER, 1), evaluated(TASK, 1))));
        ways.put("Submitted", submitted);
        ways.put("Adopting", submitted);
        ways.put("Running", running);
        ways.put("Settling (success)", and(running, List.of(ended(TASK, 1, GOOD))));
        ways.put("Settling (error)", and(running, List.of(ended(TASK, 1, BAD))));
        ways.put("Settling (last error)", and(lastTry, List.of(ended(TASK, 2, BAD))));
        ways.put("Settling (evicted)", and(running, List.of(ended(TASK, 1, EVICTED))));
        ways.put("Delayed", and(running, List.of(ended(TASK, 1, EVICTED), bad(1))));
        ways.put("Replanning", replanning);
        ways.put("Succeeded", and(replanning, List.of(changed(TASK, List.of()))));
        ways.put(
                "Failed",
                and(evaluating, List.of(new Event.EvaluationFailed(TASK, 1, "KeyError"))));
        ways.put(
                "Failed (to change the plan)",
                and(replanning, List.of(new Event.ReplanFailed(TASK, "no rule makes it"))));
        ways.put(
                "Abandoned",
                and(waiting, List.of(new Event.EvaluationFailed(NEED, 1, "KeyError"))));
        ways.put("Cancelled", and(waiting, List.of(new Event.CancelRequested(TASK))));
        ways.put("Removed", and(waiting, List.of(changed(OTHER, List.of(TASK)))));
    }

    private void nameWords() {
        words.put(
                "the last need succeeds",
                List.of(evaluated(NEED, 1), ended(NEED, 1, GOOD), good(NEED, 1)));
        words.put("a need fails", List.of(new Event.EvaluationFailed(NEED, 1, "KeyError")));
        words.put("Evaluated", eitherTry(attempt -> evaluated(TASK, attempt)));
        words.put(
                "EvaluationFailed",
                eitherTry(attempt -> new Event.EvaluationFailed(TASK, attempt, "KeyError")));
        words.put("resources come free", List.of(ended(HOLDER, 1, GOOD), good(HOLDER, 1)));
        words.put("AttemptRunning", eitherTry(attempt -> new Event.AttemptRunning(TASK, attempt)));
        words.put("AttemptEnded (success)", eitherTry(attempt -> ended(TASK, attempt, GOOD)));
        words.put("AttemptEnded (error)", eitherTry(attempt -> ended(TASK, attempt, BAD)));
        words.put("AttemptEnded (evicted)", eitherTry(attempt -> ended(TASK, attempt, EVICTED)));
        words.put("Settled (finished)", eitherTry(attempt -> good(TASK, attempt)));
        words.put("Settled (not finished)", eitherTry(JobStatesTest::bad));
        words.put("RetryDue", eitherTry(attempt -> new Event.RetryDue(TASK, attempt)));
        words.put("PlanChanged", List.of(changed(TASK, List.of())));
        words.put("PlanChanged, without the task", List.of(changed(OTHER, List.of(TASK))));
        words.put("ReplanFailed", List.of(new Event.ReplanFailed(TASK, "no rule makes it")));
        words.put("CancelRequested", List.of(new Event.CancelRequested(TASK)));
        words.put("RetryRequested", List.of(new Event.RetryRequested(TASK)));
        words.put(
                "the need is retried",
                List.of(new Event.RetryRequested(NEED), new Event.RetryRequested(NEED)));
        words.put("GivenUp", List.of(new Event.GivenUp(TASK, "it had failed")));
        words.put("StopRequested", List.of(new Event.StopRequested(false)));
        words.put("StopRequested (now)", List.of(new Event.StopRequested(true)));
        words.put("RunRequested", List.of(new Event.RunRequested()));
        words.put("a word of an older attempt", List.of(ended(TASK, 0, GOOD), good(TASK, 0)));
    }

    @Test
    void theDocumentedTransitionsAreThoseThatHappen() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private String page() {
        var seen = new LinkedHashSet<String>();
        var diagram = new StringBuilder();
        for (String state : ways.sequencedKeySet()) {
            var events = new LinkedHashMap<String, List<String>>();
            assertThat(stage(state).stateOf(TASK).getClass().getSimpleName())
                    .isEqualTo(state.replaceAll(" .*", ""));
            words.forEach(
                    (word, told) -> {
                        String next = after(state, told);
                        if (!next.equals(state)) {
                            events.computeIfAbsent(next, _ -> new ArrayList<>()).add(word);
                            seen.add(word);
                        }
                    });
            events.forEach(
                    (next, causes) ->
                            diagram.append(
                                    "    %s --> %s: %s%n"
                                            .formatted(
                                                    id(state), id(next), String.join(" / ", causes))
                                            .replace("\r", "")));
        }
        Set<String> silent = new LinkedHashSet<>(words.sequencedKeySet());
        silent.removeAll(seen);
        return """
        # The states of a task

        Written by `JobStatesTest`, which tells every event in every state and looks where the task is then. An
        arrow that is not here does not exist: the event changes nothing. By itself no event of these leaves its
        state: %s.

        The watched task needs one other task, is a checkpoint and may be tried again once. A task that is no
        checkpoint goes from *Settling* to *Succeeded* at once. *Cancel* and *stop now* only ask the executor
        to cancel an attempt; its end is waited for. *Given up* is what failed for good before the run was
        resumed. *Retry requested* is the user's wish for a task that failed for good; a checkpoint that is done
        itself, but whose change of the plan failed, has the plan changed again instead.

        ```mermaid
        stateDiagram-v2
        %s    [*] --> Waiting
        %s```
        """
                .formatted(String.join(", ", silent), aliases(), diagram);
    }

    private String aliases() {
        var aliases = new StringBuilder();
        for (String state : ways.sequencedKeySet()) {
            if (!id(state).equals(state)) {
                aliases.append("    state \"")
                        .append(state)
                        .append("\" as ")
                        .append(id(state))
                        .append('\n');
            }
        }
        return aliases.toString();
    }

    /** The state's name after the events, by the way that leads to just that state. */
    private String after(String state, List<Event> told) {
        Scheduler scheduler = stage(state);
        told.forEach(
                event -> {
                    scheduler.on(event);
                    scheduler.checkInvariants();
                });
        TaskState next = scheduler.stateOf(TASK);
        if (next instanceof TaskState.Settling(_, var end, _)) {
            return switch (end) {
                case AttemptEnd.Succeeded _ -> "Settling (success)";
                case AttemptEnd.Failed _ -> state.contains("last") ? state : "Settling (error)";
                case AttemptEnd.Evicted _ -> "Settling (evicted)";
                case AttemptEnd.Lost _, AttemptEnd.StagingFailed _ -> "Settling (lost)";
                case AttemptEnd.NeverStarted _, AttemptEnd.Cancelled _ -> "Settling (cancelled)";
            };
        }
        if (next instanceof TaskState.Failed) {
            return state.startsWith("Failed")
                    ? state
                    : state.equals("Replanning") ? "Failed (to change the plan)" : "Failed";
        }
        return next.getClass().getSimpleName();
    }

    private Scheduler stage(String state) {
        var settings = SchedulerSettings.of(Limits.cores(1), true);
        var scheduler = new Scheduler(workload, settings);
        var facts = new ArrayList<Fact>();
        for (Event event : ways.getOrDefault(state, List.of())) {
            facts.addAll(scheduler.on(event).facts());
        }
        if (!state.equals("Adopting")) {
            return scheduler;
        }
        var restored = new Scheduler(workload, settings);
        facts.forEach(restored::apply);
        restored.on(new Event.RunRequested());
        return restored;
    }

    private static String id(String state) {
        return state.replaceAll("[^A-Za-z]", "");
    }

    private static List<Event> all(Event... events) {
        return List.copyOf(Arrays.asList(events));
    }

    private static List<Event> and(List<Event> first, List<Event> then) {
        var both = new ArrayList<>(first);
        both.addAll(then);
        return both;
    }

    /** Told of the second attempt first: in a state of the first it must change nothing. */
    private static List<Event> eitherTry(IntFunction<Event> of) {
        return List.of(of.apply(2), of.apply(1));
    }

    private static Event evaluated(int task, int attempt) {
        return new Event.Evaluated(task, attempt, Needs.threads(1), "local");
    }

    private static Event ended(int task, int attempt, AttemptEnd end) {
        return new Event.AttemptEnded(task, attempt, end);
    }

    private Event good(int task, int attempt) {
        return new Event.Settled(
                task, attempt, workload.jobs(task).stream().map(Play::finished).toList());
    }

    private static Event bad(int attempt) {
        return new Event.Settled(TASK, attempt, List.of(new JobEnd.NotRun(new Key("task"))));
    }

    private Event changed(int checkpoint, List<Integer> removed) {
        return new Event.PlanChanged(List.of(checkpoint), workload, List.of(), List.of(), removed);
    }
}
