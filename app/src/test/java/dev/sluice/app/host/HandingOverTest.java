package dev.sluice.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.Offers;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.execute.Work;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happens between the line for cores and the executor behind it. */
class HandingOverTest {
    private final SharedCores cores = new SharedCores(4);
    private final Map<String, List<AttemptReport>> heard = new LinkedHashMap<>();
    private final Behind behind = new Behind();

    private QueuedExecutor executor(String run) {
        return new QueuedExecutor(
                cores,
                "owner of " + run,
                run,
                () -> behind.calls.add("blocks of " + run),
                reports -> heard.computeIfAbsent(run, _ -> new ArrayList<>()).addAll(reports),
                listener -> {
                    behind.listeners.put(run, listener);
                    return behind;
                });
    }

    private static TaskSpec task(String attempt, int cores) {
        return task(attempt, cores, new Work.Command(List.of("true")));
    }

    private static TaskSpec task(String attempt, int cores, Work work) {
        var process = ProcessSpec.alone(attempt, work, Environment.UNCHANGED, "");
        return new TaskSpec(attempt, List.of(process), cores);
    }

    private static AttemptReport over(String process) {
        return new AttemptReport.Lost(process, "test");
    }

    @Test
    void aCancelThatComesWhileItIsHandedOverFollowsIt() {
        QueuedExecutor executor = executor("a");
        behind.during.put("a-1", () -> executor.cancel(List.of("a-1"), Duration.ofSeconds(3)));
        executor.submit(List.of(task("a-1", 1)));
        assertThat(behind.calls).containsExactly("submit a-1", "cancel [a-1] 3");
    }

    @Test
    void aCancelThatComesOnceItWasLetThroughKeepsItFromStarting() {
        QueuedExecutor first = executor("a");
        QueuedExecutor second = executor("b");
        first.submit(List.of(task("w-1", 4)));
        first.submit(List.of(task("x-1", 2)));
        second.submit(List.of(task("y-1", 2)));
        // Room for both; while one of them is started the other is cancelled.
        behind.during.put("y-1", () -> first.cancel(List.of("x-1"), Duration.ZERO));
        behind.during.put("x-1", () -> second.cancel(List.of("y-1"), Duration.ZERO));
        behind.tell("a", over("w-1"));
        assertThat(behind.calls.stream().filter(call -> call.matches("submit [xy]-1"))).hasSize(1);
        assertThat(heard.values().stream().flatMap(List::stream))
                .filteredOn(AttemptReport.Skipped.class::isInstance)
                .hasSize(1);
        // And its cores are free.
        second.submit(List.of(task("z-1", 2)));
        assertThat(behind.calls).contains("submit z-1");
    }

    @Test
    void whatCannotBeHandedOverEndsAndFreesItsCores() {
        QueuedExecutor executor = executor("a");
        behind.during.put(
                "a-1",
                () -> {
                    throw new IllegalStateException("no");
                });
        executor.submit(List.of(task("a-1", 4), task("b-1", 4)));
        assertThat(heard.get("a")).singleElement().isInstanceOf(AttemptReport.Ended.class);
        assertThat(behind.calls).contains("submit b-1");
    }

    @Test
    void aLateWordToAnEngineThatLeftLetsGoOfNothingOfTheNext() {
        QueuedExecutor early = executor("a");
        early.submit(List.of(task("a-1", 4)));
        Executor.Listener old = behind.listeners.getOrDefault("a", _ -> {});
        early.close();
        QueuedExecutor later = executor("a");
        later.adopt(List.of(new HandedTask("a-1", List.of("a-1"), 4)));
        old.heard(List.of(over("a-1")));
        later.submit(List.of(task("b-1", 1)));
        assertThat(behind.calls).doesNotContain("submit b-1");
        assertThat(later.explain("b-1")).contains("4 of 4 in use");
        behind.tell("a", over("a-1"));
        assertThat(behind.calls).contains("submit b-1");
    }

    @Test
    void submitsNothingOnceItIsClosed() {
        QueuedExecutor executor = executor("a");
        executor.submit(List.of(task("a-1", 4), task("b-1", 4)));
        executor.close();
        executor.submit(List.of(task("c-1", 1)));
        assertThat(behind.calls).containsExactly("submit a-1", "close");
    }

    @Test
    void looksAfterThePythonOfBlocksWhereARunWaitsAndNotWhereItStarts() {
        QueuedExecutor first = executor("a");
        QueuedExecutor second = executor("b");
        first.submit(List.of(task("a-1", 4)));
        second.submit(List.of(task("b-1", 1, new Work.PythonRun("{}"))));
        assertThat(behind.calls).containsExactly("submit a-1", "blocks of b");
        behind.tell("a", over("a-1"));
        assertThat(behind.calls).containsExactly("submit a-1", "blocks of b", "submit b-1");
    }

    /** Takes down what it is asked. */
    private static final class Behind implements Executor {
        final List<String> calls = new ArrayList<>();
        final Map<String, Listener> listeners = new LinkedHashMap<>();
        final Map<String, Runnable> during = new LinkedHashMap<>();

        void tell(String run, AttemptReport report) {
            Listener listener = listeners.get(run);
            if (listener != null) {
                listener.heard(List.of(report));
            }
        }

        @Override
        public String name() {
            return "behind";
        }

        @Override
        public void submit(List<TaskSpec> tasks) {
            for (TaskSpec task : tasks) {
                calls.add("submit " + task.attempt());
                during.getOrDefault(task.attempt(), () -> {}).run();
            }
        }

        @Override
        public void adopt(List<HandedTask> tasks) {
            tasks.forEach(task -> calls.add("adopt " + task.attempt()));
        }

        @Override
        public void cancel(List<String> attempts, Duration grace) {
            calls.add("cancel " + attempts + " " + grace.toSeconds());
        }

        @Override
        public boolean endsWithThisMachine() {
            return true;
        }

        @Override
        public byte[] logs(String process, long from) {
            return new byte[0];
        }

        @Override
        public Offers offers() {
            return new Offers(1, -1, List.of(), true);
        }

        @Override
        public String explain(String attempt) {
            return "";
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
