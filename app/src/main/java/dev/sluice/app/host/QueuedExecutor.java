package dev.sluice.app.host;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.Offers;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The executor of one run in a server that shares its cores: tasks wait in line before they go to
 * the executor behind. What waits was never started, so that a server's death loses nothing of it:
 * the executor behind will say so.
 */
final class QueuedExecutor implements Executor {
    private final SharedCores cores;
    private final String owner;
    private final String run;
    private final Listener listener;
    private final Executor behind;

    /** Guards the two below. */
    private final Object lock = new Object();

    /** Processes that have not ended, by attempt. */
    private final Map<String, Set<String>> open = new LinkedHashMap<>();

    private final Map<String, String> attemptOf = new LinkedHashMap<>();

    /**
     * @param behind makes the executor that starts things, which tells the listener it is given
     */
    QueuedExecutor(
            SharedCores cores,
            String owner,
            String run,
            Listener listener,
            Function<Listener, Executor> behind) {
        this.cores = cores;
        this.owner = owner;
        this.run = run;
        this.listener = listener;
        this.behind = behind.apply(this::heard);
    }

    @Override
    public String name() {
        return behind.name();
    }

    @Override
    public boolean queues() {
        return true;
    }

    @Override
    public void submit(List<TaskSpec> tasks) {
        for (TaskSpec task : tasks) {
            List<String> processes = task.processes().stream().map(ProcessSpec::name).toList();
            if (opens(task.attempt(), processes)) {
                cores.add(
                        new CoreQueue.Place(owner, run, task.attempt(), task.cores()),
                        () -> behind.submit(List.of(task)));
            }
        }
    }

    /** False where the executor has it already. */
    private boolean opens(String attempt, Collection<String> processes) {
        synchronized (lock) {
            if (open.containsKey(attempt)) {
                return false;
            }
            open.put(attempt, new LinkedHashSet<>(processes));
            processes.forEach(process -> attemptOf.put(process, attempt));
            return true;
        }
    }

    @Override
    public void adopt(List<HandedTask> tasks) {
        for (HandedTask task : tasks) {
            opens(task.attempt(), task.processes());
            cores.occupy(new CoreQueue.Place(owner, run, task.attempt(), task.cores()));
        }
        behind.adopt(tasks);
    }

    @Override
    public void cancel(List<String> attempts, Duration grace) {
        List<String> started = new ArrayList<>();
        List<AttemptReport> reports = new ArrayList<>();
        for (String attempt : attempts) {
            if (cores.withdraw(run, attempt)) {
                close(attempt).forEach(name -> reports.add(new AttemptReport.Skipped(name)));
            } else {
                started.add(attempt);
            }
        }
        if (!reports.isEmpty()) {
            listener.heard(reports);
        }
        if (!started.isEmpty()) {
            behind.cancel(started, grace);
        }
    }

    private Set<String> close(String attempt) {
        synchronized (lock) {
            Set<String> processes = open.remove(attempt);
            if (processes == null) {
                return Set.of();
            }
            processes.forEach(attemptOf::remove);
            return processes;
        }
    }

    private void heard(List<AttemptReport> reports) {
        listener.heard(reports);
        for (AttemptReport report : reports) {
            if (!(report instanceof AttemptReport.Started)) {
                String over = ended(report.process());
                if (!over.isEmpty()) {
                    cores.release(run, over);
                }
            }
        }
    }

    /** The attempt that has ended with this process, or an empty text. */
    private String ended(String process) {
        synchronized (lock) {
            String attempt = attemptOf.remove(process);
            Set<String> processes = attempt == null ? null : open.get(attempt);
            if (attempt == null || processes == null) {
                return "";
            }
            processes.remove(process);
            if (!processes.isEmpty()) {
                return "";
            }
            open.remove(attempt);
            return attempt;
        }
    }

    @Override
    public boolean endsWithThisMachine() {
        return behind.endsWithThisMachine();
    }

    @Override
    public byte[] logs(String process, long from) {
        return behind.logs(process, from);
    }

    @Override
    public Offers offers() {
        Offers offers = behind.offers();
        return new Offers(
                cores.cores(), offers.memoryBytes(), offers.capabilities(), offers.healthy());
    }

    @Override
    public String explain(String attempt) {
        String waits = cores.explain(run, attempt);
        return waits.isEmpty() ? behind.explain(attempt) : waits;
    }

    @Override
    public void close() {
        cores.forget(run);
        behind.close();
    }
}
