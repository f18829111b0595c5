package dev.sluice.app.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/**
 * A workflow with a job that goes on until it is allowed to end, and a quick one before and after
 * it. Each says in {@code ran.txt} that it began.
 */
record SlowWorkflow(Sandbox sandbox) {
    /**
     * {@code slow} tells its process and that of a child, and goes on when there is a file {@code
     * go}; or when a failed test has taken its folder away.
     */
    private static final String SNAKEFILE =
            """
            rule all:
                input: "last.txt", "quick.txt"
            rule quick:
                output: "quick.txt"
                shell: "echo quick >> ran.txt; touch {output}"
            rule slow:
                input: "quick.txt"
                output: "slow.txt"
                shell:
                    "echo half > {output}; echo slow >> ran.txt; "
                    "sleep 300 & echo $$ $! > pids.new; mv pids.new pids.txt; "
                    "until [ -e go ] || [ ! -e Snakefile ]; do sleep 0.1; done; "
                    "kill $!; echo whole > {output}"
            rule last:
                input: "slow.txt"
                output: "last.txt"
                shell: "echo last >> ran.txt; cp {input} {output}"
            rule other:
                input: "source.txt"
                output: "other.txt"
                params: word="one"
                shell: "echo other >> ran.txt; echo {params.word} > {output}"
            """;

    SlowWorkflow {
        sandbox.withSnakefile(SNAKEFILE).with("source.txt", "");
    }

    /** A run whose slow job has begun. */
    Command.Running started(String... options) {
        return started(sandbox.command("run", "-c", "2").and(options));
    }

    Command.Running started(Command command) {
        Command.Running run = command.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sandbox.has("pids.txt") || !run.process().isAlive());
        if (!sandbox.has("pids.txt")) {
            throw new AssertionError("it ended too soon: " + run.end());
        }
        return run;
    }

    /** A run that was killed while its slow job runs. */
    SlowWorkflow brokenOff(String... options) {
        Command.Running run = started(options);
        run.signal("KILL");
        run.end();
        return this;
    }

    /** The slow job may end. */
    SlowWorkflow go() {
        sandbox.with("go", "");
        return this;
    }

    /** Replaces words of the Snakefile. */
    SlowWorkflow edit(String from, String to) {
        String before = sandbox.read("Snakefile");
        String after = before.replace(from, to);
        if (after.equals(before)) {
            throw new AssertionError("the Snakefile has no " + from);
        }
        sandbox.with("Snakefile", after);
        return this;
    }

    List<String> ran() {
        return sandbox.lines("ran.txt");
    }

    /** The slow job's shell, and a child of it. */
    List<Long> pids() {
        return List.of(sandbox.read("pids.txt").strip().split(" ")).stream()
                .map(Long::valueOf)
                .toList();
    }

    boolean slowJobRuns() {
        return isAlive(pids().getFirst());
    }

    /** What was killed is gone when its parent, or the system, has taken notice. */
    void awaitNothingRuns() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> pids().stream().noneMatch(SlowWorkflow::isAlive));
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
