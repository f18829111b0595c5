package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs in a folder that a real NFS server serves. {@code testbed/nfs/nfs} brings it up, with a
 * client in user space; two mounts stand for two machines.
 */
final class NfsIT {
    private static final Path BED =
            Path.of(System.getProperty("sluice.project.dir", "..")).resolve("testbed/nfs/nfs");

    @TempDir private Path temp;

    @BeforeEach
    void withAServer() throws IOException, InterruptedException {
        Path said = Files.createTempFile("sluice-nfs", ".txt");
        int code = bed("up", said);
        String why = Files.readString(said).strip();
        Files.delete(said);
        // 2: something that it needs is not installed here.
        assumeTrue(code != 2, "skipped: no NFS server and client here: " + why);
        assertThat(code).as(why).isZero();
    }

    @AfterEach
    void takeItDown() throws IOException, InterruptedException {
        bed("down", Path.of("/dev/null"));
    }

    @Test
    void aRunOnNfsIsKilledAndGoesOnAsAnywhere(TestReporter reporter) {
        var sandbox = new Sandbox(temp.resolve("a"));
        var storm = new KillStorm(sandbox, KillStorm.Victim.ENGINE, 4, System.nanoTime());
        reporter.publishEntry(storm.over("resume"));
    }

    /** What the first machine's engine wrote, the second one's sees late, but sees. */
    @Test
    void anotherMachineSeesWhoHoldsTheOutputsAndThenThatNothingIsToBeDone() {
        var here = new Sandbox(temp.resolve("a"));
        var there = new Sandbox(temp.resolve("b"));
        var workflow = new SlowWorkflow(here);
        Command.Running first = workflow.started(here.command("run", "-c", "2").onHost("here"));
        Ended second = there.command("run", "-c", "2").onHost("there").end().hasCode(3);
        assertThat(second.err()).contains("here");
        workflow.go();
        first.end().isDone();
        assertThat(there.command("run", "-c", "2").onHost("there").end().isDone().err())
                .contains("Nothing to be done");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
    }

    private int bed(String what, Path said) throws IOException, InterruptedException {
        Process bed =
                new ProcessBuilder("sh", BED.toString(), what, temp.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(bed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return bed.exitValue();
    }
}
