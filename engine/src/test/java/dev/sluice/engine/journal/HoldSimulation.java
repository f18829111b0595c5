package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.schedule.Fact;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Hosts that fight for one run, under one seed: the real hold and journal in real files, the hosts'
 * time made up. Their clocks differ in speed and are set back; hosts sleep at any moment, as a
 * laptop or a stopped virtual machine does, and die. One host acts at a time, so that a seed always
 * plays the same.
 */
final class HoldSimulation {
    private static final double LENGTH = Duration.ofMinutes(15).toMillis();
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** The least true time that any host's clock takes for the silence. */
    private static final double SHORTEST_SILENCE = SILENCE.toMillis() / 1.25;

    private final Random random;
    private final RunFolder run;
    private final List<Host> hosts = new ArrayList<>();
    private final HoldVirtualTime time = new HoldVirtualTime();

    /**
     * What was written by whoever held the run at that moment: his number among the takers first.
     */
    private final List<Fact> written = new ArrayList<>();

    private int takers;

    private @Nullable Host holder;
    private int takeovers;
    private int refusals;
    private int sleeps;
    private int tooLate;

    record Report(int takeovers, int refusals, int sleeps, int facts, int tooLate) {}

    HoldSimulation(long seed, Path workdir) {
        random = new Random(seed);
        run = RunFolder.create(workdir, InstantSource.fixed(Instant.EPOCH));
        Journal.create(run.journal(), InstantSource.system()).close();
        int count = 2 + random.nextInt(2);
        for (int host = 0; host < count; host++) {
            hosts.add(new Host("host" + host));
        }
    }

    Report run() {
        hosts.forEach(host -> time.spawn(host.name, host::work));
        time.play(LENGTH);
        checkJournal();
        return new Report(takeovers, refusals, sleeps, written.size(), tooLate);
    }

    /** All that holders wrote, and nothing of one that had lost the run. */
    private void checkJournal() {
        assertThat(Journal.read(run.journal())).extracting(Entry::fact).isEqualTo(written);
        int latest = 0;
        for (Fact fact : written) {
            int taker = Integer.parseInt(((Fact.Warned) fact).message().replaceAll(" .*", ""));
            assertThat(taker).isGreaterThanOrEqualTo(latest);
            latest = taker;
        }
    }

    /** One machine, and the engines that live on it one after the other. */
    private final class Host {
        private final String name;
        private final double speed = 0.8 + random.nextDouble() * 0.45;
        private final boolean clockStopsInSleep = random.nextBoolean();
        private final int sleepsOneIn = 5 + random.nextInt(100);
        private int lives;
        private double setBack;
        private double lastRenewal;
        private double nextRenewal;
        private boolean letGo = true;

        Host(String name) {
            this.name = name;
        }

        void work() throws InterruptedException {
            while (true) {
                lives++;
                live();
                rest(random.nextInt(60_000));
            }
        }

        private void live() throws InterruptedException {
            var self = new Holder(name, name + " boot ns", 1L << 40, "life " + lives, "ada");
            Hold hold;
            try {
                hold =
                        Hold.take(
                                run,
                                List.of("a"),
                                self,
                                new Hold.Pace(Duration.ofDays(1), SILENCE, this::waited));
            } catch (HeldElsewhere held) {
                // At the end of the play all are sent away.
                refusals += Thread.currentThread().isInterrupted() ? 0 : 1;
                return;
            }
            tookOver();
            int taker = ++takers;
            try (Journal journal =
                    Journal.resume(
                            run.journal(),
                            () -> Instant.ofEpochMilli((long) (time.now() * speed - setBack)))) {
                write(hold, journal, taker);
            } finally {
                hold.abandon();
            }
        }

        private void write(Hold hold, Journal journal, int taker) throws InterruptedException {
            while (hold.isOurs()) {
                maySleep();
                var fact = new Fact.Warned(taker + " " + written.size());
                journal.append(List.of(fact));
                if (hold.isOurs()) {
                    written.add(fact);
                } else {
                    tooLate++;
                }
                if (random.nextInt(60) == 0) {
                    setBack += random.nextInt(10_000_000);
                }
                restAndRenew(hold, random.nextInt(5_000));
                if (random.nextInt(150) == 0) {
                    return;
                }
                if (random.nextInt(150) == 0) {
                    letGo = hold.isOurs() || letGo;
                    hold.close();
                    return;
                }
            }
        }

        /** A host that sleeps, is dead, or let go may lose its hold; one that is awake may not. */
        private void tookOver() {
            Host before = holder;
            if (before != null && before != this && !before.letGo) {
                takeovers++;
                assertThat(time.now() - before.lastRenewal)
                        .as("%s is taken for dead by %s", before.name, name)
                        .isGreaterThanOrEqualTo(SHORTEST_SILENCE);
            }
            holder = this;
            letGo = false;
            renewed();
        }

        private void renewed() {
            lastRenewal = time.now();
            nextRenewal = time.now() + RENEWAL.toMillis() / speed;
        }

        private void restAndRenew(Hold hold, double millis) throws InterruptedException {
            double end = time.now() + millis / speed;
            while (nextRenewal < end) {
                time.sleepUntil(nextRenewal);
                maySleep();
                hold.renewNow();
                renewed();
            }
            time.sleepUntil(end);
        }

        private void rest(double millis) throws InterruptedException {
            time.sleepUntil(time.now() + millis / speed);
        }

        private void maySleep() throws InterruptedException {
            if (random.nextInt(sleepsOneIn) == 0) {
                sleeps++;
                time.sleepUntil(time.now() + random.nextInt(200_000));
            }
        }

        /** By this host's clock, which may stand still while it sleeps. */
        private Duration waited(Duration pause) throws InterruptedException {
            double begun = time.now();
            rest((double) pause.toMillis());
            double awake = time.now() - begun;
            double before = time.now();
            maySleep();
            double asleep = clockStopsInSleep ? 0 : time.now() - before;
            return Duration.ofMillis((long) ((awake + asleep) * speed));
        }
    }
}
