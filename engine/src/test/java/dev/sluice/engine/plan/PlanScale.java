package dev.sluice.engine.plan;

import dev.sluice.engine.rules.RuleBook;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans large workflows and prints what it cost. Run by hand: the figures belong to the machine.
 */
final class PlanScale {
    private PlanScale() {}

    /** Arguments: {@code wide|chain|grid} and the number of jobs. */
    public static void main(String[] arguments) {
        boolean wide = arguments[0].equals("wide");
        int jobs = Integer.parseInt(arguments[1]);
        FakeFiles files = new FakeFiles();
        boolean grid = arguments[0].equals("grid");
        RuleBook book = grid ? grid(jobs) : wide ? wide(jobs, files) : chain(files);
        boolean chain = !wide && !grid;
        PlanRequest request = PlanRequest.of(chain ? List.of("c" + jobs + ".txt") : List.of());
        FakePython python = new FakePython();
        if (chain) {
            book =
                    RuleMaker.book(
                            RuleMaker.rule("step")
                                    .in(
                                            python.function(
                                                    "wildcards",
                                                    arg ->
                                                            previous(
                                                                    arg.wildcards()
                                                                            .getOrDefault(
                                                                                    "i", ""))))
                                    .out("c{i}.txt")
                                    .constrain("i", "\\d+"));
            files.with("c0.txt", 1);
        }
        long cpu = cpu();
        long wall = System.nanoTime();
        Planned planned = new Planner(book, request, python, files, PastOutputs.NONE).plan();
        System.out.printf(
                "%s: %s jobs to run, %.2f s wall, %.2f s cpu, %d MB used, %d round trips%n",
                arguments[0],
                planned instanceof Planned.Made made ? made.plan().count() : planned,
                (System.nanoTime() - wall) / 1e9,
                (cpu() - cpu) / 1e9,
                used(),
                python.trips);
        if (planned instanceof Planned.Made made) {
            System.out.println(made.plan().job(0).rule().name() + " " + made.plan().tasks().size());
        }
    }

    private static dev.sluice.engine.evaluate.Answer previous(String i) {
        int before = Integer.parseInt(i) - 1;
        return before < 0 ? FakePython.files() : FakePython.files("c" + before + ".txt");
    }

    /** Every one of {@code jobs} jobs takes the output of every one of as many others. */
    private static RuleBook grid(int jobs) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            first.add("a/" + i);
            second.add("b/" + i);
        }
        return RuleMaker.book(
                RuleMaker.rule("all").in(second.toArray(String[]::new)),
                RuleMaker.rule("b").in(first.toArray(String[]::new)).out("b/{i}"),
                RuleMaker.rule("a").out("a/{i}"));
    }

    private static RuleBook wide(int jobs, FakeFiles files) {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < jobs / 2; i++) {
            results.add("results/" + i + ".txt");
            files.with("data/" + i + ".in", 1);
        }
        return RuleMaker.book(
                RuleMaker.rule("all").in(results.toArray(String[]::new)),
                RuleMaker.rule("middle").in("data/{s}.in").out("work/{s}.mid"),
                RuleMaker.rule("end").in("work/{s}.mid").out("results/{s}.txt"));
    }

    private static RuleBook chain(FakeFiles files) {
        files.with("c0.txt", 1);
        return RuleMaker.book(RuleMaker.rule("step").out("c{i}.txt"));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
