package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** {@code sluice cancel} from a second terminal. */
final class CancelIT {
    /** Jobs {@code slow} wait for a file {@code go}; the others are quick. */
    private static final String WORKFLOW =
            """
            rule all:
                input: expand("late/{i}.txt", i=[1, 2]), "quick.txt"
            rule slow:
                output: "slow/{i}.txt"
                shell:
                    "echo half > {output}; echo $$ > pid.{wildcards.i}.new; "
                    "mv pid.{wildcards.i}.new pid.{wildcards.i}; "
                    "until [ -e go ]; do sleep 0.1; done; echo whole > {output}"
            rule late:
                input: "slow/{i}.txt"
                output: "late/{i}.txt"
                shell: "cat {input} > {output}"
            rule quick:
                output: "quick.txt"
                shell: "touch {output}"
            """;

    @TempDir private Path temp;
    private Sandbox sandbox;

    @BeforeEach
    void withSlowJobs() {
        sandbox = new Sandbox(temp).withSnakefile(WORKFLOW);
    }

    @Test
    void aRunIsStoppedWithItsJobsAndGoneOnWithLater() {
        Command.Running run = startedSlow("-c", "2");
        long first = pid(1);
        Ended cancel = sandbox.sluice("cancel").isDone();
        assertThat(cancel.out()).contains("has ended: stopped", "sluice resume");
        run.end().hasCode(1);
        awaitEndOf(first);
        assertThat(sandbox.has("slow/1.txt")).as("half an output").isFalse();
        assertThat(sandbox.sluice("cancel").isDone().out()).contains("has ended already");

        sandbox.with("go", "");
        sandbox.run().isDone();
        assertThat(sandbox.read("late/1.txt")).isEqualTo("whole\n");
    }

    @Test
    void oneJobIsStoppedAndTheRestGoesOn() {
        Command.Running run = startedSlow("-c", "2", "-k");
        Ended cancel = sandbox.sluice("cancel", "slow:i=1").isDone();
        assertThat(cancel.out()).startsWith("slow:i=1 has ended: cancelled.");
        awaitEndOf(pid(1));
        assertThat(isAlive(pid(2))).as("the other job goes on").isTrue();
        sandbox.with("go", "");
        run.end().hasCode(1);
        assertThat(sandbox.has("late/2.txt")).isTrue();
        assertThat(sandbox.has("quick.txt")).isTrue();
        assertThat(sandbox.has("late/1.txt")).isFalse();

        sandbox.run().isDone();
        assertThat(sandbox.read("late/1.txt")).isEqualTo("whole\n");
    }

    @Test
    void aJobThatHasNotBegunIsNeverStarted() {
        Command.Running run = startedSlow("-c", "2", "-k");
        sandbox.sluice("cancel", "late/1.txt").isDone();
        sandbox.with("go", "");
        run.end().hasCode(1);
        assertThat(sandbox.read("slow/1.txt")).isEqualTo("whole\n");
        assertThat(sandbox.has("late/1.txt")).isFalse();
        assertThat(sandbox.has("late/2.txt")).isTrue();
    }

    @Test
    void whatABrokenOffRunLeftRunningIsStopped() {
        Command.Running run = startedSlow("-c", "2");
        run.signal("KILL");
        run.end();
        assertThat(isAlive(pid(1))).as("jobs outlive the engine").isTrue();
        Ended cancel = sandbox.sluice("cancel").isDone();
        assertThat(cancel.out()).contains("was broken off and is ended now");
        awaitEndOf(pid(1));
        awaitEndOf(pid(2));
        assertThat(sandbox.sluice("cancel").isDone().out()).contains("has ended already: stopped");

        sandbox.with("go", "");
        sandbox.run().isDone();
        assertThat(sandbox.read("late/1.txt")).isEqualTo("whole\n");
        assertThat(sandbox.read("late/2.txt")).isEqualTo("whole\n");
    }

    @Test
    void whatIsNotThereIsAnError() {
        assertThat(sandbox.sluice("cancel").hasCode(2).err()).contains("error: there are no runs");
        sandbox.run("quick.txt").isDone();
        assertThat(sandbox.sluice("cancel", "nosuch").hasCode(2).err())
                .contains("error: ", "nosuch", "  = help: ");
    }

    private Command.Running startedSlow(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "run";
        System.arraycopy(words, 0, all, 1, words.length);
        Command.Running run = sandbox.command(all).start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sandbox.has("pid.1") && sandbox.has("pid.2"));
        return run;
    }

    private long pid(int job) {
        return Long.parseLong(sandbox.read("pid." + job).strip());
    }

    private static void awaitEndOf(long pid) {
        await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(pid));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
