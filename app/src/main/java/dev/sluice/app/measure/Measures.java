package dev.sluice.app.measure;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.watch.Folded;
import dev.sluice.app.watch.WatchListener;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RowState;
import dev.sluice.engine.view.RunStanding;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All figures of the server, from any thread. A projection: what it counts are facts that the
 * watches told as news, and what engines say of their own work; it decides nothing. Labels come
 * from small fixed sets; none names a run, a rule or an owner.
 */
public final class Measures implements WatchListener, RunMeasures, AutoCloseable {
    /** Behind so many executors, further ones are {@code other}: journals can name any. */
    private static final int EXECUTORS = 20;

    /** What happens within a process. */
    private static final Duration[] SHORT = {
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    /** What jobs take. */
    private static final Duration[] LONG = {
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofHours(24)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, MeasuredRun> runs = new ConcurrentHashMap<>();
    private final Set<String> executors = ConcurrentHashMap.newKeySet();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Supplier<? extends Map<String, Integer>> runStates;
    private volatile Map<String, Integer> runsNow = Map.of();

    private final Timer decided =
            timer("sluice.scheduling", SHORT, "From an event in a run to what was decided on it");
    private final Timer written =
            timer("sluice.journal.write", SHORT, "Writing facts to a journal, each batch");
    private final Timer synced =
            timer("sluice.journal.sync", SHORT, "Waiting until facts survive a power cut");
    private final Counter factsWritten =
            Counter.builder("sluice.facts.written")
                    .description("Facts that were written to journals")
                    .register(registry);
    private final Counter warned =
            Counter.builder("sluice.warnings")
                    .description("Warnings that runs gave")
                    .register(registry);

    /** How the end of a run was told. */
    public enum Way {
        WEBHOOK,
        MAIL
    }

    /** What came of telling it. */
    public enum Told {
        DELIVERED,
        /** Will be tried again. */
        RETRIED,
        GIVEN_UP
    }

    /**
     * @param runStates how many runs are in each state, asked at each scrape
     */
    public Measures(Supplier<? extends Map<String, Integer>> runStates) {
        this.runStates = runStates;
        for (RowState state : RowState.values()) {
            Gauge.builder("sluice.jobs", runs, all -> jobs(all, state))
                    .tag("state", state.word())
                    .description("Jobs of the runs that go on, by state")
                    .register(registry);
        }
        for (RunStanding.State state : RunStanding.State.values()) {
            runs(state.word());
        }
        runs(CatalogueRow.UNREADABLE);
        for (RunOutcome outcome : RunOutcome.values()) {
            runsEnded(outcome);
        }
        for (Way way : Way.values()) {
            for (Told told : Told.values()) {
                notifications(way, told);
            }
        }
        List.of("functions", "format", "scripts", "hook").forEach(this::helperTime);
        executor("local");
        bindProcess();
    }

    private void bindProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** All figures in Prometheus' text format. */
    public String scrape() {
        runsNow = Map.copyOf(runStates.get());
        return registry.scrape();
    }

    @Override
    public void folded(HostedRun run, Folded folded, List<Entry> news) {
        runs.computeIfAbsent(run.id(), _ -> new MeasuredRun()).fold(folded, news, this);
    }

    /** A message about the end of a run was delivered, or was not. */
    public void told(Way way, Told told) {
        notifications(way, told).increment();
    }

    @Override
    public void journalWritten(int facts, long nanos) {
        written.record(nanos, TimeUnit.NANOSECONDS);
        factsWritten.increment(facts);
    }

    @Override
    public void synced(long nanos) {
        synced.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void helperCalled(String what, int calls, long nanos) {
        helperTime(what).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void decided(int events, long nanos) {
        decided.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void executorTrouble(String executor) {
        executorErrors(executor(executor)).increment();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    void attemptStarted(String executor) {
        attemptsStarted(executor(executor)).increment();
    }

    void queued(String executor, long millis) {
        queueTime(executor(executor)).record(Duration.ofMillis(Math.max(0, millis)));
    }

    void ran(String executor, long millis) {
        runTime(executor(executor)).record(Duration.ofMillis(Math.max(0, millis)));
    }

    void attemptEnded(String executor, AttemptEnd end) {
        attemptsEnded(executor(executor), word(end)).increment();
    }

    void runEnded(RunOutcome outcome) {
        runsEnded(outcome).increment();
    }

    void warned() {
        warned.increment();
    }

    private static double jobs(Map<String, MeasuredRun> runs, RowState state) {
        return runs.values().stream().mapToInt(run -> run.jobs(state)).sum();
    }

    /** The label of an executor; its first use makes all its figures, so that zeros show. */
    private String executor(String name) {
        if (executors.contains(name)) {
            return name;
        }
        String label = executors.size() < EXECUTORS ? name : "other";
        if (executors.add(label)) {
            attemptsStarted(label);
            queueTime(label);
            runTime(label);
            executorErrors(label);
            for (String end : ENDS) {
                attemptsEnded(label, end);
            }
        }
        return label;
    }

    private static final List<String> ENDS =
            List.of(
                    "succeeded",
                    "failed",
                    "evicted",
                    "lost",
                    "staging-failed",
                    "never-started",
                    "cancelled");

    private static String word(AttemptEnd end) {
        return switch (end) {
            case AttemptEnd.Succeeded _ -> "succeeded";
            case AttemptEnd.Failed _ -> "failed";
            case AttemptEnd.Evicted _ -> "evicted";
            case AttemptEnd.Lost _ -> "lost";
            case AttemptEnd.StagingFailed _ -> "staging-failed";
            case AttemptEnd.NeverStarted _ -> "never-started";
            case AttemptEnd.Cancelled _ -> "cancelled";
        };
    }

    private void runs(String state) {
        Gauge.builder("sluice.runs", this, all -> all.runsNow.getOrDefault(state, 0))
                .tag("state", state)
                .description("Runs of the server, by state")
                .register(registry);
    }

    private Counter attemptsStarted(String executor) {
        return Counter.builder("sluice.attempts.started")
                .tag("executor", executor)
                .description("Attempts at tasks that were started")
                .register(registry);
    }

    private Counter attemptsEnded(String executor, String end) {
        return Counter.builder("sluice.attempts.ended")
                .tag("executor", executor)
                .tag("end", end)
                .description("Attempts at tasks that ended, by how their executor said they did")
                .register(registry);
    }

    private Counter executorErrors(String executor) {
        return Counter.builder("sluice.executor.errors")
                .tag("executor", executor)
                .description("Troubles of an executor itself, whatever came of its attempts")
                .register(registry);
    }

    private Counter runsEnded(RunOutcome outcome) {
        return Counter.builder("sluice.runs.ended")
                .tag("state", word(outcome))
                .description("Runs that ended")
                .register(registry);
    }

    private Counter notifications(Way way, Told told) {
        return Counter.builder("sluice.notifications")
                .tag("way", word(way))
                .tag("result", word(told))
                .description("Messages about ends of runs, by what came of an attempt to send one")
                .register(registry);
    }

    private Timer helperTime(String what) {
        return Timer.builder("sluice.helper.call")
                .tag("what", what)
                .description("Asking the Python helper of a run while it runs, each round trip")
                .serviceLevelObjectives(SHORT)
                .register(registry);
    }

    private Timer queueTime(String executor) {
        return Timer.builder("sluice.queue.time")
                .tag("executor", executor)
                .description("From the start of an attempt until its executor runs it")
                .serviceLevelObjectives(LONG)
                .register(registry);
    }

    private Timer runTime(String executor) {
        return Timer.builder("sluice.run.time")
                .tag("executor", executor)
                .description("How long attempts ran")
                .serviceLevelObjectives(LONG)
                .register(registry);
    }

    private Timer timer(String name, Duration[] buckets, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
