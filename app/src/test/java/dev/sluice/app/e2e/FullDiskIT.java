package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The disk becomes full in the middle of a run, and is emptied again. */
final class FullDiskIT {
    private static final int JOBS = 60;

    @TempDir private Path temp;
    private Path disk;
    private Sandbox sandbox;

    /** On another disk: what the jobs say. */
    private Sandbox aside;

    @BeforeEach
    void onASmallDisk() throws IOException, InterruptedException {
        disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                call("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk.toString()) == 0,
                "skipped: a small disk cannot be mounted here (needs root)");
        sandbox = new Sandbox(disk);
        aside = new Sandbox(Files.createDirectory(temp.resolve("aside")));
    }

    @AfterEach
    void takeItAway() throws IOException, InterruptedException {
        call("umount", "-l", disk.toString());
    }

    /** Its jobs find room all the same, for an empty file takes none. */
    @Test
    void aRunThatCannotWriteItsJournalEndsWithAWordAndGoesOnWhenThereIsRoom() throws IOException {
        assertThat(endedOnFullDisk("touch {output}").err())
                .contains("error:", "No space left on device", "sluice resume");
        sandbox.sluice("resume").isDone();
        thenAllCameToAGoodEndOnce();
        assertThat(aside.lines("started.txt")).hasSize(JOBS).doesNotHaveDuplicates();
    }

    @Test
    void jobsThatFailForWantOfRoomRunAgainWhenThereIsRoom() throws IOException {
        endedOnFullDisk("echo {wildcards.i} > {output}");
        Ended resumed = sandbox.sluice("resume");
        if (resumed.code() != 0) {
            // Jobs that had failed while nobody looked: it is right that the run says so.
            assertThat(resumed.err()).contains("Error in rule one");
            sandbox.sluice("resume").isDone();
        }
        thenAllCameToAGoodEndOnce();
    }

    /** A run in whose middle the disk became full, and then empty again. */
    private Ended endedOnFullDisk(String making) throws IOException {
        sandbox.withSnakefile(
                """
                rule all:
                    input: expand("out/{i}", i=range(%d))
                rule one:
                    output: "out/{i}"
                    shell:
                        "echo {wildcards.i} >> %s/started.txt; sleep 0.1; %s; "
                        "echo {wildcards.i} >> %s/ended.txt"
                """
                        .formatted(JOBS, aside.folder(), making, aside.folder()));
        Command.Running run = sandbox.command("run", "-c", "4").start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> aside.lines("ended.txt").size() >= 10 || !run.process().isAlive());
        fill();
        Ended ended = run.end().hasCode(1);
        assertThat(aside.lines("started.txt")).hasSizeLessThan(JOBS);
        sandbox.delete("filler");
        return ended;
    }

    private void thenAllCameToAGoodEndOnce() {
        for (int i = 0; i < JOBS; i++) {
            assertThat(sandbox.has("out/" + i)).as("out/%d", i).isTrue();
        }
        assertThat(aside.lines("ended.txt"))
                .as("jobs that came to a good end")
                .hasSize(JOBS)
                .doesNotHaveDuplicates();
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
        assertThat(aside.lines("ended.txt")).hasSize(JOBS);
    }

    private void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
            byte[] page = new byte[4096];
            while (true) {
                filler.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int call(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
