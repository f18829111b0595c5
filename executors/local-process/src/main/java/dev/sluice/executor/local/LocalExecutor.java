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
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The executor {@code local}: hands processes to the run's supervisor and tells what it says.
 * Starts nothing itself, so that jobs outlive the engine.
 */
public final class LocalExecutor implements Executor {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final LocalSettings settings;
    private final Listener listener;
    private final CompletableFuture<Supervisor> supervisor = new CompletableFuture<>();

    /** Guards all below. */
    private final Object lock = new Object();

    private final SupervisorFrames frames = new SupervisorFrames();

    /** Processes whose end has not been told, with their attempts. */
    private final Map<String, String> open = new LinkedHashMap<>();

    private boolean serverNamed;
    private boolean closed;

    /** The supervisor has ended, and nobody listens any more. */
    private boolean gone;

    private LocalExecutor(LocalSettings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        frames.base(OwnEnvironment.with(Leftovers.mark(settings.runFolder())));
    }

    /**
     * Begins to start the supervisor and returns at once; what is submitted meanwhile waits for it.
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

    @Override
    public void submit(List<TaskSpec> tasks) {
        List<AttemptReport> refused = new ArrayList<>();
        synchronized (lock) {
            for (TaskSpec task : tasks) {
                for (ProcessSpec process : task.processes()) {
                    open.put(process.name(), task.attempt());
                    nameServerBefore(process);
                    frames.spawn(process);
                }
            }
            send(refused);
        }
        tell(refused);
    }

    private void nameServerBefore(ProcessSpec process) {
        if (!serverNamed && process.work() instanceof Work.PythonRun) {
            frames.server(settings.runServer().get());
            serverNamed = true;
        }
    }

    @Override
    public void adopt(List<HandedTask> tasks) {
        request(
                () ->
                        tasks.forEach(
                                task ->
                                        task.processes()
                                                .forEach(
                                                        name ->
                                                                open.putIfAbsent(
                                                                        name, task.attempt()))),
                "list");
    }

    @Override
    public void cancel(List<String> attempts, Duration grace) {
        String seconds = Double.toString(grace.toMillis() / 1000.0);
        List<AttemptReport> refused = new ArrayList<>();
        synchronized (lock) {
            open.forEach(
                    (process, attempt) -> {
                        if (attempts.contains(attempt)) {
                            frames.words("kill", process, seconds);
                        }
                    });
            send(refused);
        }
        tell(refused);
    }

    private void request(Runnable before, String... words) {
        List<AttemptReport> refused = new ArrayList<>();
        synchronized (lock) {
            before.run();
            frames.words(words);
            send(refused);
        }
        tell(refused);
    }

    /** Sends what was collected; when nobody takes it, everything open ends here. */
    private void send(List<AttemptReport> refused) {
        if (frames.isEmpty() || closed) {
            return;
        }
        try {
            supervisor.join().send(frames.take());
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            giveUp(refused, "cannot start the supervisor: " + cause.getMessage(), true);
        } catch (IOException e) {
            if (gone) {
                giveUp(refused, "the supervisor is gone: " + e.getMessage(), false);
            }
            // Else whoever listens to it is about to notice, and looks after its processes first.
        }
    }

    private void giveUp(List<AttemptReport> reports, String why, boolean neverStarted) {
        for (String process : open.keySet()) {
            reports.add(
                    neverStarted ? notStarted(process, why) : new AttemptReport.Lost(process, why));
        }
        open.clear();
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

    // What the supervisor says -----------------------------------------------------------------

    private void serve() {
        Supervisor connection = connect();
        if (connection != null) {
            listen(connection);
        }
    }

    private @Nullable Supervisor connect() {
        try {
            Supervisor connection = Supervisor.start(settings);
            supervisor.complete(connection);
            return connection;
        } catch (IOException | RuntimeException e) {
            supervisor.completeExceptionally(e);
            return null;
        }
    }

    private void listen(Supervisor connection) {
        SupervisorLines lines = new SupervisorLines();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        String why = "it ended";
        try {
            while (connection.receive(bytes)) {
                heard(lines.read(bytes));
            }
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        boolean unexpected;
        synchronized (lock) {
            unexpected = !closed;
        }
        if (unexpected) {
            // Nobody would learn how its processes end, and their outputs are made again.
            new Leftovers(settings.runFolder()).stopMarked(GRACE);
        }
        List<AttemptReport> lost = new ArrayList<>();
        synchronized (lock) {
            gone = true;
            if (!closed) {
                giveUp(lost, "the supervisor is gone: " + why, false);
            }
        }
        tell(lost);
    }

    private void heard(List<AttemptReport> reports) {
        synchronized (lock) {
            for (AttemptReport report : reports) {
                if (!(report instanceof AttemptReport.Started)) {
                    open.remove(report.process());
                }
            }
        }
        tell(reports);
    }

    // ------------------------------------------------------------------------------------------

    @Override
    public byte[] logs(String process, long from) {
        Path log = settings.runFolder().resolve("logs").resolve(process);
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            return Channels.newInputStream(file.position(from)).readAllBytes();
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            return ("(the log cannot be read: " + e.getMessage() + ")\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Override
    public Offers offers() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Offers(
                cores, -1, List.of("shell", "python"), !supervisor.isCompletedExceptionally());
    }

    @Override
    public String explain(String attempt) {
        synchronized (lock) {
            return open.containsValue(attempt)
                    ? "It has been handed to this machine's supervisor."
                    : "This machine does not have it.";
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        var _ = supervisor.thenAccept(Supervisor::close);
    }
}
