package dev.sluice.executor.local;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.Offers;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.execute.Work;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The executor {@code local}: hands processes to the run's supervisor and tells what it says.
 * Starts nothing itself, so that jobs outlive the engine; comes to the supervisor of an earlier
 * engine where one lives. When a supervisor is killed, what it ran is stopped and lost, and another
 * one is started.
 */
public final class LocalExecutor implements Executor {
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** How long a killed process may take to be gone, when its connection is gone already. */
    private static final Duration DYING = Duration.ofSeconds(30);

    private final LocalSettings settings;
    private final Listener listener;

    /** Guards all below. */
    private final Object lock = new Object();

    private final OpenProcesses open = new OpenProcesses();

    /** What is to be sent; waits here while there is no connection. */
    private SupervisorFrames frames;

    private @Nullable Supervisor supervisor;
    private boolean serverNamed;
    private boolean closed;

    /** Another engine has come to the supervisor: nothing of it is this one's business any more. */
    private boolean replaced;

    /** Why there is no supervisor and never will be. */
    private @Nullable String failure;

    private LocalExecutor(LocalSettings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        this.frames = firstFrames();
    }

    private SupervisorFrames firstFrames() {
        SupervisorFrames first = new SupervisorFrames();
        first.base(OwnEnvironment.with(Leftovers.mark(settings.runFolder())));
        return first;
    }

    /**
     * Begins to find or start the supervisor and returns at once; what is submitted meanwhile waits
     * for it.
     */
    public static LocalExecutor start(LocalSettings settings, Listener listener) {
        LocalExecutor executor = new LocalExecutor(settings, listener);
        Thread.ofPlatform().daemon().name("supervisor").start(executor::serve);
        return executor;
    }

    @Override
    public String name() {
        return "local";
    }

    // What the engine says ---------------------------------------------------------------------

    @Override
    public void submit(List<TaskSpec> tasks) {
        Collection<String> refused;
        synchronized (lock) {
            for (TaskSpec task : tasks) {
                for (ProcessSpec process : task.processes()) {
                    open.add(process.name(), task.attempt(), together(process));
                    nameServerBefore(process);
                    frames.spawn(process);
                }
            }
            refused = send();
        }
        settle(refused);
    }

    private static List<String> together(ProcessSpec process) {
        if (process.partners().isEmpty()) {
            return process.after();
        }
        List<String> all = new ArrayList<>(process.after());
        all.addAll(process.partners());
        return all;
    }

    private void nameServerBefore(ProcessSpec process) {
        if (!serverNamed && process.work() instanceof Work.PythonRun) {
            frames.server(settings.runServer().get());
            serverNamed = true;
        }
    }

    @Override
    public void adopt(List<HandedTask> tasks) {
        Collection<String> refused;
        synchronized (lock) {
            List<String> processes = new ArrayList<>(tasks.size());
            for (HandedTask task : tasks) {
                for (String process : task.processes()) {
                    open.adopt(process, task.attempt());
                    processes.add(process);
                }
            }
            if (!processes.isEmpty()) {
                frames.adopt(processes);
            }
            refused = send();
        }
        settle(refused);
    }

    @Override
    public void cancel(List<String> attempts, Duration grace) {
        String seconds = Double.toString(grace.toMillis() / 1000.0);
        Collection<String> refused;
        synchronized (lock) {
            for (String attempt : attempts) {
                for (String process : open.of(attempt)) {
                    frames.words("kill", process, seconds);
                }
            }
            refused = send();
        }
        settle(refused);
    }

    /** Sends what was collected; gives those that nobody will ever take. */
    private Collection<String> send() {
        if (failure != null) {
            frames.take();
            return open.all();
        }
        if (supervisor != null && !closed && !frames.isEmpty()) {
            try {
                supervisor.send(frames.take());
            } catch (IOException e) {
                // Whoever listens to it is about to notice, and looks after its processes.
            }
        }
        return List.of();
    }

    // What the supervisor says -----------------------------------------------------------------

    private void serve() {
        Supervisor connection = connect();
        while (connection != null) {
            listen(connection);
            connection.close();
            connection = isOver() ? null : connectAgain();
        }
    }

    private @Nullable Supervisor connect() {
        try {
            Supervisor found = Supervisors.findOrStart(settings, new Seeking());
            synchronized (lock) {
                supervisor = found;
                send();
                if (found != null && closed) {
                    found.close();
                }
            }
            return found;
        } catch (IOException | RuntimeException e) {
            Collection<String> refused;
            synchronized (lock) {
                if (closed) {
                    return null;
                }
                failure = "cannot start the supervisor: " + e.getMessage();
                refused = send();
            }
            settle(refused);
            return null;
        }
    }

    private final class Seeking implements Supervisors.Seeker {
        @Override
        public boolean wants() {
            synchronized (lock) {
                return !closed;
            }
        }

        @Override
        public Supervisor connect(Path socket) throws IOException {
            synchronized (lock) {
                if (closed) {
                    throw new ClosedChannelException();
                }
                return Supervisor.connect(socket);
            }
        }
    }

    private void listen(Supervisor connection) {
        SupervisorLines lines = new SupervisorLines();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        Set<String> unknown = new LinkedHashSet<>();
        try {
            while (connection.receive(bytes)) {
                hear(lines.read(bytes), unknown);
            }
        } catch (IOException e) {
            // As if it had ended.
        }
    }

    /**
     * @param unknown processes that the supervisor has no word of, until it has answered for all
     */
    private void hear(List<Said> words, Set<String> unknown) {
        List<AttemptReport> reports = new ArrayList<>(words.size());
        List<String> unheard = new ArrayList<>();
        synchronized (lock) {
            for (Said word : words) {
                switch (word) {
                    case Said.About(AttemptReport report) -> {
                        if (open.heard(report)) {
                            reports.add(report);
                        }
                    }
                    case Said.Waits(String process, List<String> wanted) ->
                            open.waits(process, wanted);
                    case Said.Unknown(String process) -> unknown.add(process);
                    case Said.Listed() -> {
                        unheard.addAll(unknown);
                        unknown.clear();
                    }
                    case Said.Replaced() -> replaced = true;
                }
            }
        }
        tell(reports);
        settle(unheard);
    }

    /** Whether nobody needs to come to a supervisor again. */
    private boolean isOver() {
        SupervisorPlace place = SupervisorPlace.read(settings.runFolder());
        synchronized (lock) {
            if (closed || replaced) {
                return true;
            }
        }
        // One that lives lets go of an engine only when another one comes.
        boolean lives = place != null && !Leftovers.awaitEnd(place, DYING);
        synchronized (lock) {
            replaced |= lives;
            return closed || replaced;
        }
    }

    private @Nullable Supervisor connectAgain() {
        Collection<String> lost;
        synchronized (lock) {
            supervisor = null;
            serverNamed = false;
            frames = firstFrames();
            lost = open.all();
        }
        new Leftovers(settings.runFolder()).stopOrphans(GRACE);
        settle(lost);
        return connect();
    }

    /** The last words on processes of which no supervisor that lives knows. */
    private void settle(Collection<String> processes) {
        if (processes.isEmpty()) {
            return;
        }
        SupervisorRecords records =
                SupervisorRecords.read(settings.runFolder(), new LinkedHashSet<>(processes));
        List<AttemptReport> reports = new ArrayList<>(processes.size());
        synchronized (lock) {
            for (String process : processes) {
                AttemptReport report = lastWord(process, records);
                if (open.heard(report)) {
                    reports.add(report);
                }
            }
        }
        tell(reports);
    }

    private AttemptReport lastWord(String process, SupervisorRecords records) {
        AttemptReport word =
                records.lastWord(process, "the supervisor was killed, and it was stopped");
        if (!(word instanceof AttemptReport.NeverStarted) || open.isAsked(process)) {
            return word;
        }
        return failure == null
                ? new AttemptReport.Lost(process, "the supervisor was killed")
                : notStarted(process, failure);
    }

    private static AttemptReport notStarted(String process, String why) {
        long now = System.currentTimeMillis();
        return new AttemptReport.Ended(
                process, new Exit.NotStarted(why), now, now, AttemptReport.Usage.NONE, 0, null);
    }

    private void tell(List<AttemptReport> reports) {
        if (!reports.isEmpty()) {
            listener.heard(reports);
        }
    }

    // ------------------------------------------------------------------------------------------

    @Override
    public boolean endsWithThisMachine() {
        return true;
    }

    @Override
    public byte[] logs(String process, long from) {
        return ProcessLog.read(settings.runFolder().resolve("logs").resolve(process), from);
    }

    @Override
    public Offers offers() {
        int cores = Runtime.getRuntime().availableProcessors();
        synchronized (lock) {
            return new Offers(cores, -1, List.of("shell", "python"), failure == null && !replaced);
        }
    }

    @Override
    public String explain(String attempt) {
        synchronized (lock) {
            return open.explain(attempt);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (supervisor != null) {
                supervisor.close();
            }
        }
    }
}
