package dev.sluice.app.watch;

import dev.sluice.engine.schedule.RunOutcome;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What may befall a run, drawn at random: attempts, evictions, checkpoints, resumptions. */
final class RandomLife {
    private static final int JOBS = 40;
    private static final List<String> EXECUTORS = List.of("local", "cluster", "cloud");

    private final WrittenRun run;
    private final Random random;
    private final boolean withPlan;
    private final int[] attempts = new int[10_000];
    private final Set<Integer> done = new LinkedHashSet<>();
    private final List<Integer> open = new ArrayList<>();
    private int jobs = JOBS;
    private boolean planStays;

    RandomLife(WrittenRun run, Random random, boolean withPlan) {
        this.run = run;
        this.random = random;
        this.withPlan = withPlan;
        plan();
    }

    /** Of a run that has a plan with so many jobs, which stays. */
    RandomLife(WrittenRun run, Random random, int jobs) {
        this.run = run;
        this.random = random;
        withPlan = true;
        this.jobs = jobs;
        planStays = true;
    }

    void go(int steps) {
        for (int i = 0; i < steps; i++) {
            switch (planStays ? 2 + random.nextInt(38) : random.nextInt(40)) {
                case 0 -> {
                    if (random.nextBoolean()) {
                        run.ended(RunOutcome.STOPPED);
                        open.clear();
                    }
                    run.resumed();
                    plan();
                }
                case 1 -> {
                    if (withPlan) {
                        run.grown(List.of(random.nextInt(3)), jobs, jobs + 1);
                        jobs += 2;
                    }
                }
                case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 -> start();
                default -> move();
            }
        }
    }

    private void plan() {
        if (!withPlan) {
            run.plannedWithoutFile(jobs - done.size());
            return;
        }
        var left = new ArrayList<Integer>();
        for (int job = 0; job < jobs; job++) {
            if (!done.contains(job)) {
                left.add(job);
            }
        }
        run.planned(left.stream().mapToInt(Integer::intValue).toArray());
    }

    private void start() {
        int job = random.nextInt(jobs);
        if (!done.contains(job) && !open.contains(job)) {
            String executor = EXECUTORS.get(random.nextInt(1 + Math.min(2, attempts[job])));
            run.startedAt(job, ++attempts[job], executor);
            open.add(job);
        }
    }

    private void move() {
        if (open.isEmpty()) {
            return;
        }
        int at = random.nextInt(open.size());
        int job = open.get(at);
        switch (random.nextInt(7)) {
            case 0, 1 -> run.running(job, attempts[job]);
            case 2, 3 -> {
                run.finished(job, attempts[job]);
                done.add(job);
                open.remove(/* index */ at);
            }
            case 4 -> {
                run.failed(job, attempts[job], random.nextBoolean());
                open.remove(/* index */ at);
            }
            case 5 -> {
                run.evicted(job, attempts[job]);
                open.remove(/* index */ at);
            }
            default -> {}
        }
    }
}
