package dev.sluice.app.host;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.Offers;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.execute.Work;

import org.jspecify.annotations.Nullable;

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
    private final Runnable beforeBlocks;
    private final Listener listener;
    private final Executor behind;

    /** Guards all below. */
    private final Object lock = new Object();

    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, Open> byProcess = new LinkedHashMap<>();
    private boolean closed;

    /** How far an attempt has come on its way to the executor behind. */
    private enum Way {
        WAITS,
        /** Let through: some thread is about to hand it over. */
        IS_HANDED,
        IS_BEHIND
    }

    /** An attempt that has not ended. */
    private static final class Open {
        final String attempt;
        final Set<String> processes;
        Way way;

        /** Asked while it was handed over: the executor behind did not know it then. */
        @Nullable Duration cancelWithin;

        Open(String attempt, Collection<String> processes, Way way) {
            this.attempt = attempt;
            this.processes = new LinkedHashSet<>(processes);
            this.way = way;
        }
    }

    /**
     * @param beforeBlocks called on the run's thread before a {@code run:} block waits in line
     * @param behind makes the executor that starts things, which tells the listener it is given
     */
    QueuedExecutor(
            SharedCores cores,
            String owner,
            String run,
            Runnable beforeBlocks,
            Listener listener,
            Function<Listener, Executor> behind) {
        this.cores = cores;
        this.owner = owner;
        this.run = run;
        this.beforeBlocks = beforeBlocks;
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
        // An engine adopts before it starts anything.
        cores.hasTakenOver(run);
        for (TaskSpec task : tasks) {
            List<String> processes = task.processes().stream().map(ProcessSpec::name).toList();
            Open taken = opens(task.attempt(), processes, Way.WAITS);
            if (taken != null) {
                if (task.processes().stream().anyMatch(QueuedExecutor::isBlock)) {
                    beforeBlocks.run();
                }
                cores.add(
                        new CoreQueue.Place(owner, run, task.attempt(), task.cores()),
                        () -> handOver(taken, task));
            }
        }
    }

    private static boolean isBlock(ProcessSpec process) {
        return process.work() instanceof Work.PythonRun;
    }

    /** Null where the executor has it already. */
    private @Nullable Open opens(String attempt, Collection<String> processes, Way way) {
        synchronized (lock) {
            if (closed || open.containsKey(attempt)) {
                return null;
            }
            var taken = new Open(attempt, processes, way);
            open.put(attempt, taken);
            processes.forEach(process -> byProcess.put(process, taken));
            return taken;
        }
    }

    /** On the thread that made room for it, which may be of another run. */
    private void handOver(Open taken, TaskSpec task) {
        synchronized (lock) {
            if (closed || open.get(taken.attempt) != taken) {
                // Cancelled, or the engine has left: whoever did it has let go of the cores.
                return;
            }
            taken.way = Way.IS_HANDED;
        }
        try {
            behind.submit(List.of(task));
        } catch (RuntimeException e) {
            // The thread may be another run's, which must not suffer.
            heard(notStarted(task, e));
            return;
        }
        Duration grace;
        synchronized (lock) {
            taken.way = Way.IS_BEHIND;
            grace = taken.cancelWithin;
        }
        if (grace != null) {
            behind.cancel(List.of(taken.attempt), grace);
        }
    }

    private static List<AttemptReport> notStarted(TaskSpec task, RuntimeException why) {
        List<AttemptReport> reports = new ArrayList<>();
        long now = System.currentTimeMillis();
        for (ProcessSpec process : task.processes()) {
            reports.add(
                    new AttemptReport.Ended(
                            process.name(),
                            new Exit.NotStarted("it cannot be handed over: " + why),
                            now,
                            now,
                            AttemptReport.Usage.NONE,
                            0,
                            null));
        }
        return reports;
    }

    @Override
    public void adopt(List<HandedTask> tasks) {
        for (HandedTask task : tasks) {
            opens(task.attempt(), task.processes(), Way.IS_BEHIND);
            cores.occupy(new CoreQueue.Place(owner, run, task.attempt(), task.cores()));
        }
        cores.hasTakenOver(run);
        behind.adopt(tasks);
    }

    @Override
    public void cancel(List<String> attempts, Duration grace) {
        List<String> started = new ArrayList<>();
        List<AttemptReport> reports = new ArrayList<>();
        for (String attempt : attempts) {
            Open taken;
            Way way;
            synchronized (lock) {
                taken = open.get(attempt);
                // What is unknown here the executor behind may still know.
                way = taken == null ? Way.IS_BEHIND : taken.way;
                if (taken != null && way == Way.IS_HANDED) {
                    taken.cancelWithin = grace;
                } else if (taken != null && way == Way.WAITS) {
                    open.remove(attempt);
                    taken.processes.forEach(byProcess::remove);
                }
            }
            if (way == Way.IS_BEHIND) {
                started.add(attempt);
            } else if (way == Way.WAITS && taken != null) {
                leaveLine(attempt);
                taken.processes.forEach(name -> reports.add(new AttemptReport.Skipped(name)));
            }
        }
        if (!reports.isEmpty()) {
            listener.heard(reports);
        }
        if (!started.isEmpty()) {
            behind.cancel(started, grace);
        }
    }

    /** Also where it was let through just now, by a thread that has not come to start it. */
    private void leaveLine(String attempt) {
        if (!cores.withdraw(run, attempt)) {
            cores.release(run, attempt);
        }
    }

    /**
     * Makes room before it tells: the run may answer with the same attempt, for which there is a
     * place then.
     */
    private void heard(List<AttemptReport> reports) {
        for (AttemptReport report : reports) {
            if (!(report instanceof AttemptReport.Started)) {
                String over = ended(report.process());
                if (!over.isEmpty()) {
                    cores.release(run, over);
                }
            }
        }
        listener.heard(reports);
    }

    /** The attempt that has ended with this process, or an empty text. */
    private String ended(String process) {
        synchronized (lock) {
            Open taken = byProcess.remove(process);
            if (closed || taken == null) {
                return "";
            }
            taken.processes.remove(process);
            if (!taken.processes.isEmpty()) {
                return "";
            }
            open.remove(taken.attempt, taken);
            return taken.attempt;
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
        synchronized (lock) {
            closed = true;
        }
        // First of all nothing more is heard of: the next engine's cores are not let go then.
        behind.close();
        cores.forget(run);
    }
}
