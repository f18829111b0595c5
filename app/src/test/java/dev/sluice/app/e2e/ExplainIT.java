package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** {@code sluice explain} on real workflows, before, in and after runs. */
final class ExplainIT {
    private static final String WORKFLOW =
            """
            rule all:
                input: "report.txt"
            rule count:
                input: "reads/{sample}.txt"
                output: "counts/{sample}.txt"
                params: width=80
                shell:
                    "touch begun.{wildcards.sample}; until [ -e go ]; do sleep 0.1; done; "
                    "wc -c {input} > {output}"
            rule report:
                input: expand("counts/{sample}.txt", sample=["A", "B"])
                output: "report.txt"
                shell: "cat {input} > {output}"
            """;

    @TempDir private Path temp;
    private Sandbox sandbox;

    @BeforeEach
    void withTwoReads() {
        sandbox =
                new Sandbox(temp)
                        .withSnakefile(WORKFLOW)
                        .with("reads/A.txt", "aa\n")
                        .with("reads/B.txt", "bb\n");
    }

    @Test
    void beforeAnyRunItPlansAsADryRunWould() {
        assertThat(sandbox.sluice("explain", "report.txt").isDone().out())
                .startsWith("report would run because report.txt has not been made yet.")
                .contains("count:sample=A: counts/A.txt has not been made yet");
        assertThat(sandbox.sluice("explain", "count:sample=B", "--", "counts/B.txt").isDone().out())
                .startsWith("count:sample=B would run");
        assertThat(sandbox.has(".sluice")).as("nothing is written").isFalse();
    }

    @Test
    void afterARunItNamesTheRootOfAChange() {
        sandbox.with("go", "");
        sandbox.run().isDone();
        List<String> before = files();
        assertThat(sandbox.sluice("explain", "report").isDone().out())
                .startsWith("report does not run: report.txt is there, made ")
                .contains("sluice history report.txt");

        sandbox.withSnakefile(WORKFLOW.replace("width=80", "width=100"));
        assertThat(sandbox.sluice("explain", "report").isDone().out())
                .startsWith(
                        "report would run because its inputs counts/A.txt and counts/B.txt are made"
                                + " anew by count:sample=A and count:sample=B:"
                                + " its params have changed (before: 80, now: 100).");
        sandbox.withSnakefile(WORKFLOW.replace("wc -c", "wc -l"));
        assertThat(sandbox.sluice("explain", "counts/A.txt").isDone().out())
                .startsWith(
                        "count:sample=A would run because the code of its rule has changed since"
                                + " counts/A.txt was made (");
        sandbox.withSnakefile(WORKFLOW.replace("[\"A\", \"B\"]", "[\"B\"]"));
        assertThat(sandbox.sluice("explain", "report").isDone().out())
                .startsWith(
                        "report would run because its set of inputs has changed (no longer:"
                                + " counts/A.txt).");
        assertThat(sandbox.sluice("explain", "counts/A.txt").isDone().out())
                .startsWith("nothing that is to be made needs counts/A.txt");
        assertThat(files()).as("nothing is written").isEqualTo(before);

        sandbox.withSnakefile(WORKFLOW).delete("report.txt");
        assertThat(sandbox.sluice("explain", "all").isDone().out())
                .startsWith(
                        "all would run because its input report.txt is still to be made by report:"
                                + " report.txt is not there any more, and all needs it.");
    }

    @Test
    void inARunItSaysWhatIsWaitedFor() {
        Command.Running run = sandbox.command("run", "-c", "1").start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sandbox.has("begun.A") || sandbox.has("begun.B"));
        String waits = sandbox.sluice("explain", "report").isDone().out();
        assertThat(waits).startsWith("report waits for 2 jobs, the nearest of them count:sample=");
        String other = sandbox.has("begun.A") ? "B" : "A";
        assertThat(sandbox.sluice("explain", "counts/" + other + ".txt").isDone().out())
                .startsWith(
                        "count:sample="
                                + other
                                + " is ready and waits for room: it needs 1 core, and 0 of 1 are"
                                + " free (1 job running).");
        sandbox.with("go", "");
        run.end().isDone();
    }

    @Test
    void whatWasBegunAndNotFinishedIsSaid() {
        Command.Running run = sandbox.command("run", "-c", "2").start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sandbox.has("begun.A") && sandbox.has("begun.B"));
        run.signal("KILL");
        run.end();
        assertThat(sandbox.sluice("explain", "counts/A.txt").isDone().out())
                .startsWith("count:sample=A was under way when run ")
                .contains(" broke off, and it would run again because ", "sluice resume");
        sandbox.sluice("cancel").isDone();
        assertThat(sandbox.sluice("explain", "counts/A.txt").isDone().out())
                .contains(" was stopped in run ", ", and it would run again because ")
                .doesNotContain("adopts");
    }

    @Test
    void aJobBehindACheckpointSaysSo() {
        sandbox.withSnakefile(
                """
                rule all:
                    input: "end.txt"
                checkpoint split:
                    output: directory("parts")
                    shell: "mkdir {output}; touch {output}/1 {output}/2"
                def parts(wildcards):
                    folder = checkpoints.split.get().output[0]
                    return [f"{folder}/{i}" for i in (1, 2)]
                rule end:
                    input: parts
                    output: "end.txt"
                    shell: "cat {input} > {output}"
                """);
        assertThat(sandbox.sluice("explain", "end").isDone().out())
                .contains("it waits for a checkpoint");
        assertThat(sandbox.sluice("explain", "split").isDone().out())
                .contains("it is a checkpoint: the plan is made anew");
    }

    @Test
    void whatCannotBeExplainedIsAnError() {
        assertThat(sandbox.sluice("explain", "reprot.txt").hasCode(2).err())
                .contains("error: ", "reprot.txt", "report.txt");
        assertThat(sandbox.sluice("explain", "count").hasCode(2).err())
                .contains("could be 2 jobs", "count:sample=A");
        assertThat(sandbox.sluice("explain").hasCode(2).err()).contains("expects a job or a file");
        sandbox.withSnakefile("rule all\n");
        assertThat(sandbox.sluice("explain", "all").hasCode(2).err()).contains("Snakefile:1");
    }

    private List<String> files() {
        try (Stream<Path> files = Files.walk(temp)) {
            return files.filter(file -> !file.toString().contains("__pycache__"))
                    .map(file -> temp.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
