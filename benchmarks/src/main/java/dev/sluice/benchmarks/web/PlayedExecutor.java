package dev.sluice.benchmarks.web;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.Offers;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.execute.Work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Plays jobs whose command ends in {@code touch FILE …}: they begin at the given pace, last a
 * random time, and then their files are there. Starts no process. Tells of beginnings and ends in
 * batches, on a thread of its own. Knows nothing of what another engine handed over.
 */
final class PlayedExecutor implements Executor {
    private static final long TICK_MILLIS = 20;
    private static final String TOUCH = "touch ";

    private final Path workdir;
    private final Listener listener;
    private final Pace pace;
    private final Random random = new Random(1);
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("played jobs").factory());

    /** Guards all below. */
    private final Object lock = new Object();

    private final SequencedMap<String, ProcessSpec> open = new LinkedHashMap<>();
    private final Queue<ProcessSpec> waiting = new ArrayDeque<>();
    private final PriorityQueue<Playing> running =
            new PriorityQueue<>(Comparator.comparingLong(Playing::endMillis));
    private double mayBegin;
    private long tickedNanos = System.nanoTime();

    private record Playing(ProcessSpec process, long startMillis, long endMillis, Pace.Fate fate) {}

    PlayedExecutor(Path workdir, Listener listener, Pace pace) {
        this.workdir = workdir;
        this.listener = listener;
        this.pace = pace;
        var _ =
                thread.scheduleAtFixedRate(
                        this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public String name() {
        return "played";
    }

    @Override
    public void submit(List<TaskSpec> tasks) {
        synchronized (lock) {
            for (TaskSpec task : tasks) {
                for (ProcessSpec process : task.processes()) {
                    if (open.putIfAbsent(process.name(), process) == null) {
                        waiting.add(process);
                    }
                }
            }
        }
    }

    @Override
    public void adopt(List<HandedTask> tasks) {
        List<AttemptReport> reports = new ArrayList<>();
        for (HandedTask task : tasks) {
            task.processes().forEach(name -> reports.add(new AttemptReport.NeverStarted(name)));
        }
        thread.execute(() -> listener.heard(reports));
    }

    @Override
    public void cancel(List<String> attempts, Duration grace) {
        List<AttemptReport> reports = new ArrayList<>();
        long now = System.currentTimeMillis();
        synchronized (lock) {
            for (String attempt : attempts) {
                if (open.remove(attempt) != null) {
                    waiting.removeIf(process -> process.name().equals(attempt));
                    running.removeIf(playing -> playing.process().name().equals(attempt));
                    reports.add(ended(attempt, new Exit.Signal(15), now, now, 0));
                }
            }
        }
        thread.execute(() -> listener.heard(reports));
    }

    private void tick() {
        try {
            List<AttemptReport> reports = new ArrayList<>();
            for (Playing playing : ending()) {
                reports.add(end(playing));
            }
            begin(reports);
            if (!reports.isEmpty()) {
                listener.heard(reports);
            }
        } catch (RuntimeException e) {
            // Unsaid, it would end the ticking without a word.
            System.err.println("the played jobs stumble: " + e);
        }
    }

    private List<Playing> ending() {
        List<Playing> ending = new ArrayList<>();
        long now = System.currentTimeMillis();
        synchronized (lock) {
            while (!running.isEmpty() && running.peek().endMillis() <= now) {
                Playing playing = running.remove();
                open.remove(playing.process().name());
                ending.add(playing);
            }
        }
        return ending;
    }

    private void begin(List<AttemptReport> reports) {
        long now = System.currentTimeMillis();
        synchronized (lock) {
            long nanos = System.nanoTime();
            double due = (nanos - tickedNanos) / 1e9 * pace.jobsPerSecond();
            tickedNanos = nanos;
            mayBegin = Math.min(pace.jobsPerSecond(), mayBegin + due);
            while (mayBegin >= 1 && !waiting.isEmpty()) {
                mayBegin--;
                ProcessSpec process = waiting.remove();
                running.add(
                        new Playing(process, now, now + pace.millis(random), pace.fate(random)));
                reports.add(new AttemptReport.Started(process.name(), 0, now));
            }
        }
    }

    private AttemptReport end(Playing playing) {
        ProcessSpec process = playing.process();
        try {
            return switch (playing.fate()) {
                case SUCCEEDS -> {
                    makeFiles(process);
                    yield ended(playing, new Exit.Code(0), 0);
                }
                case FAILS -> {
                    String said = "Error: this job was played, and drew the lot to fail\n";
                    Files.writeString(workdir.resolve(process.logFile()), said);
                    yield ended(playing, new Exit.Code(1), said.length());
                }
                case IS_LOST ->
                        new AttemptReport.Lost(process.name(), "the machine it ran on is gone");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeFiles(ProcessSpec process) throws IOException {
        if (process.work() instanceof Work.Command(List<String> argv)) {
            String text = argv.getLast();
            int touch = text.lastIndexOf(TOUCH);
            if (touch >= 0) {
                for (String file : text.substring(touch + TOUCH.length()).split(" ", -1)) {
                    Files.write(workdir.resolve(file), new byte[0]);
                }
            }
        }
    }

    private static AttemptReport ended(Playing playing, Exit exit, long logSize) {
        return ended(
                playing.process().name(),
                exit,
                playing.startMillis(),
                playing.endMillis(),
                logSize);
    }

    private static AttemptReport ended(
            String process, Exit exit, long startMillis, long endMillis, long logSize) {
        return new AttemptReport.Ended(
                process, exit, startMillis, endMillis, AttemptReport.Usage.NONE, logSize, null);
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
        return new Offers(-1, -1, List.of(), true);
    }

    @Override
    public String explain(String attempt) {
        return "its executor only plays";
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
