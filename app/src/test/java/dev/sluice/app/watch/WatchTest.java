package dev.sluice.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RowState;
import dev.sluice.engine.view.RunStanding;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

class WatchTest {
    private static final String ID = "20261124-100000-000";

    @TempDir Path data;

    private FolderRuns runs;
    private HostedRun run;

    @BeforeEach
    void addARun() {
        runs = new FolderRuns(data);
        run = runs.add(ID, "grace");
    }

    @Test
    void aRunIsFoldedAsFarAsItsFilesGo() {
        try (var written = WrittenRun.begun(run).planned(0, 1, 2).started(1, 1);
                var watches = new Watches(runs)) {
            assertThat(watches.of(run).<Integer>read(seen -> seen.jobs().count(RowState.QUEUED)))
                    .isEqualTo(1);
            written.finished(1, 1);
            awaitFold(watches, written);
            boolean _ =
                    watches.of(run)
                            .<Boolean>read(
                                    seen -> {
                                        assertThat(seen.jobs().state(1))
                                                .isEqualTo(RowState.FINISHED);
                                        assertThat(seen.counts().done()).isEqualTo(1);
                                        assertThat(seen.plan().rows()).isEqualTo(3);
                                        assertThat(seen.head().owner()).isEqualTo("grace");
                                        return true;
                                    });
        }
    }

    /**
     * A watcher that loses its connection anywhere, and whose server is started again anywhere,
     * ends with what a new watcher is told.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void deltasFromAnywhereLeadToWhatASnapshotSays(long seed) {
        var random = new Random(seed);
        boolean withPlan = seed % 4 != 0;
        var watcher = new Watcher();
        int resets = 0;
        int told = 0;
        try (var written = WrittenRun.begun(run)) {
            var life = new RandomLife(written, random, withPlan);
            var watches = new Watches(runs);
            try {
                watcher.load(watches.of(run).snapshot().getBytes());
                for (int round = 0; round < 60; round++) {
                    life.go(random.nextInt(12));
                    if (random.nextInt(6) == 0) {
                        watches.close();
                        watches = new Watches(runs);
                    }
                    if (random.nextInt(3) == 0) {
                        continue;
                    }
                    Watch watch = watches.of(run, () -> {});
                    Told next = watch.since(watcher.seq);
                    if (next.isReset()) {
                        resets++;
                        watcher.load(watch.snapshot().getBytes());
                    } else {
                        told++;
                        watcher.apply(data(next));
                    }
                    var fresh = new Watcher();
                    fresh.load(watch.snapshot().getBytes());
                    assertThat(watcher.text()).as("round %d", round).isEqualTo(fresh.text());
                    theColumnsAgreeWithTheView(watch);
                    if (round % 4 == 0) {
                        assertThat(ofAnotherServer().text())
                                .as("round %d, folded anew", round)
                                .isEqualTo(fresh.text());
                    }
                }
            } finally {
                watches.close();
            }
        }
        assertThat(told).as("deltas").isPositive();
        assertThat(resets).as("plans are made anew").isPositive();
    }

    @Test
    void aSeqOfAFutureThatIsGoneOrOfAnotherKindBeginsAnew() {
        try (var _ = WrittenRun.begun(run).planned(0, 1).started(1, 1);
                var watches = new Watches(runs)) {
            Watch watch = watches.of(run);
            String seq = watch.since("").seq();
            assertThat(watch.since(seq).isReset()).isFalse();
            List<String> parts = List.of(seq.split("-", -1));
            for (String other :
                    List.of(
                            "nonsense",
                            "0.0.0-0-0",
                            parts.get(0) + "-zzzzz-" + parts.get(2),
                            parts.get(0) + "-" + parts.get(1) + "-1",
                            parts.get(0) + "-zzzzzzzzzzzzzzzzzzz-1")) {
                assertThat(watch.since(other).isReset()).as(other).isTrue();
            }
        }
    }

    /** What a full disk can do: facts were seen, could not be written whole, and others came. */
    @Test
    void factsThatWereTakenBackLeadToANewBeginning() throws IOException {
        Watcher watcher = new Watcher();
        Path journal = run.folder().journal();
        long whole;
        try (var written = WrittenRun.begun(run).planned(0, 1)) {
            whole = written.size();
            written.started(1, 1);
            try (var watches = new Watches(runs)) {
                watcher.load(watches.of(run).snapshot().getBytes());
            }
        }
        try (var channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
        // Longer than before, and the record behind the cut begins where the lost one did.
        try (var again =
                Journal.resume(journal, () -> Instant.ofEpochMilli(WrittenRun.BEGIN + 999))) {
            for (int i = 0; i < 50; i++) {
                again.append(List.of(new Fact.Warned("the disk was full " + i)));
            }
        }
        try (var watches = new Watches(runs)) {
            assertThat(watches.of(run).since(watcher.seq).isReset()).isTrue();
        }
    }

    @Test
    void allWhoAreAtTheSamePlaceAreToldTheSameBytes() {
        try (var _ = WrittenRun.begun(run).planned(0, 1).started(1, 1);
                var watches = new Watches(runs)) {
            Watch watch = watches.of(run);
            String seq = watch.since("").seq();
            assertThat(watch.since(seq)).isSameAs(watch.since(seq));
            assertThat(watch.snapshot()).isSameAs(watch.snapshot());
        }
    }

    @Test
    void listenersAreToldEachFactOfTheServersLifeOnce() {
        var old = WrittenRun.begun(run).planned(0, 1, 2).started(1, 1);
        old.close();
        var told = new CopyOnWriteArrayList<Long>();
        var folds = new CopyOnWriteArrayList<Integer>();
        // The clock stands where the next facts will be.
        long now = WrittenRun.BEGIN + 1_000_000;
        InstantSource clock = () -> Instant.ofEpochMilli(now);
        try (var watches = new Watches(runs, clock)) {
            watches.addListener(
                    (which, folded, news) -> {
                        folds.add(folded.jobs().rows());
                        news.forEach(entry -> told.add(entry.offset()));
                    });
            Awaitility.await().until(() -> !folds.isEmpty() || watches.of(run).version() > 0);
            assertThat(told).isEmpty();
            try (var journal =
                    Journal.resume(run.folder().journal(), () -> Instant.ofEpochMilli(now + 5))) {
                List<Long> written = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    written.add(journal.append(List.of(new Fact.Warned("no. " + i))));
                    if (i % 5 == 0) {
                        watches.of(run);
                    }
                }
                Awaitility.await().untilAsserted(() -> assertThat(told).isEqualTo(written));
                // A run that comes while the server lives is told from its first fact on.
                HostedRun another = runs.add("20261124-100000-001", "ada");
                told.clear();
                try (var begun = WrittenRun.begunAt(another, now + 10)) {
                    begun.planned(0).ended(RunOutcome.SUCCEEDED);
                    Awaitility.await().untilAsserted(() -> assertThat(told).hasSize(3));
                }
            }
        }
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        try (var written = WrittenRun.begun(run).planned(0, 1);
                var watches = new Watches(runs)) {
            watches.addListener(
                    (which, folded, news) -> {
                        throw new IllegalStateException("a listener of a test fails on purpose");
                    });
            written.started(1, 1);
            awaitFold(watches, written);
            assertThat(watches.of(run).<Integer>read(seen -> seen.jobs().attempts(1))).isEqualTo(1);
        }
    }

    @Test
    void aRunThatNobodyPlansAnyMoreIsBrokenOffAndSaysWhatItsEngineSaid() throws IOException {
        Files.writeString(run.engineLog(), "Snakefile:3: no rule makes `x`\n");
        try (var _ = WrittenRun.begun(run);
                var watches = new Watches(runs)) {
            assertThat(state(watches)).isEqualTo(RunStanding.State.PLANNING);
            runs.setActive(run, false);
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(state(watches))
                                            .isEqualTo(RunStanding.State.BROKEN_OFF));
            var watcher = new Watcher();
            watcher.load(watches.of(run).snapshot().getBytes());
            assertThat(watcher.head("state")).isEqualTo("broken-off");
            assertThat(watcher.head("diagnosis")).isEqualTo("Snakefile:3: no rule makes `x`\n");
        }
    }

    @Test
    void aRunWithoutAJournalIsPlanned() {
        try (var watches = new Watches(runs)) {
            assertThat(state(watches)).isEqualTo(RunStanding.State.PLANNING);
            var watcher = new Watcher();
            watcher.load(watches.of(run).snapshot().getBytes());
            assertThat(watcher.size()).isZero();
        }
    }

    @Test
    void aDamagedJournalIsToldAndHarmsNoOtherRun() throws IOException {
        try (var written = WrittenRun.begun(run).planned(0, 1)) {
            written.started(1, 1);
        }
        byte[] bytes = Files.readAllBytes(run.folder().journal());
        bytes[40] ^= 0x55;
        Files.write(run.folder().journal(), bytes);
        HostedRun other = runs.add("20261124-100000-001", "ada");
        try (var _ = WrittenRun.begun(other).planned(0);
                var watches = new Watches(runs)) {
            Awaitility.await()
                    .untilAsserted(
                            () -> {
                                var watcher = new Watcher();
                                watcher.load(watches.of(run).snapshot().getBytes());
                                assertThat(watcher.head("state")).isEqualTo("unreadable");
                                assertThat(String.valueOf(watcher.head("diagnosis")))
                                        .contains("damaged at byte");
                            });
            assertThat(watches.of(other).<Integer>read(seen -> seen.jobs().rows())).isEqualTo(1);
        }
    }

    private Watcher ofAnotherServer() {
        var watcher = new Watcher();
        try (var watches = new Watches(runs)) {
            watcher.load(watches.of(run).snapshot().getBytes());
        }
        return watcher;
    }

    private RunStanding.State state(Watches watches) {
        return watches.of(run).read(seen -> seen.standing().state());
    }

    private void awaitFold(Watches watches, WrittenRun written) {
        long facts = Journal.read(run.folder().journal()).size();
        assertThat(written.size()).isPositive();
        Awaitility.await()
                .until(() -> watches.of(run).<Long>read(seen -> seen.head().facts()) == facts);
    }

    private static String data(Told told) {
        String event = told.event().toString(StandardCharsets.UTF_8);
        return event.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .findFirst()
                .orElseThrow();
    }

    private static void theColumnsAgreeWithTheView(Watch watch) {
        boolean _ =
                watch.<Boolean>read(
                        seen -> {
                            var jobs = seen.jobs();
                            seen.view()
                                    .jobs()
                                    .forEach(
                                            job -> {
                                                int row = jobs.row(job.key());
                                                assertThat(row).isNotNegative();
                                                if (isTold(seen, job, row)) {
                                                    assertThat(
                                                                    jobs.state(row)
                                                                            .word()
                                                                            .replace(
                                                                                    "queued",
                                                                                    "started")
                                                                            .replace(
                                                                                    "evicted",
                                                                                    "again"))
                                                            .isEqualToIgnoringCase(
                                                                    job.state().name());
                                                }
                                            });
                            for (RowState state : RowState.values()) {
                                long counted =
                                        IntStream.range(0, jobs.rows())
                                                .filter(row -> jobs.state(row) == state)
                                                .count();
                                assertThat((long) jobs.count(state)).isEqualTo(counted);
                            }
                            return true;
                        });
    }

    /** Of other jobs the plan says more than the facts. */
    private static boolean isTold(Folded seen, JobView job, int row) {
        boolean current = job.state().isOpen() || seen.view().isCurrent(job);
        return current && seen.jobs().state(row) != RowState.REMOVED;
    }
}
