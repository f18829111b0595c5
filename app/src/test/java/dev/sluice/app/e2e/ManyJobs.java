package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A workflow of 200 short jobs of every kind: temporary outputs, scripts, {@code run:} blocks,
 * groups, pipes, a checkpoint. Each job says when it begins and when it has ended, holds a lock
 * meanwhile, and makes a file that shows what it read.
 */
final class ManyJobs {
    static final int JOBS = 200;

    private static final int CHAINS = 60;
    private static final int SCRIPTS = 25;
    private static final int BLOCKS = 25;
    private static final int GROUPS = 8;
    private static final int PIPES = 2;
    private static final int PARTS = 8;

    /** Takes as long as the name says, always the same: between 0.05 and 0.4 s. */
    private static final String JOB =
            """
            set -eu
            name=$1 out=$2
            shift 2
            exec 9>"locks/$name"
            flock -n 9 || echo "$name" >>complaints.txt
            echo "$name $SLUICE_ATTEMPT" >>started.txt
            case $name in
                split) mkdir -p "$out"; out=$out/list ;;
            esac
            echo half >"$out"
            hash=$(printf %s "$name" | cksum)
            hash=${hash%% *}
            pause=$((hash % 350 + 1050))
            sleep "0.${pause#1}"
            cat "$@" /dev/null >"$out.new"
            echo "$name" >>"$out.new"
            mv "$out.new" "$out"
            case $name in
                split) for part in 0 1 2 3 4 5 6 7; do echo "$part" >"${out%/*}/$part"; done ;;
            esac
            echo "$name $SLUICE_ATTEMPT" >>ended.txt
            """;

    private static final String SNAKEFILE =
            """
            import os

            def parts(wildcards):
                folder = checkpoints.split.get().output[0]
                return expand("part/{n}", n=sorted(n for n in os.listdir(folder) if n.isdigit()))

            rule all:
                input:
                    expand("script/{i}", i=range(%d)),
                    expand("block/{i}", i=range(%d)),
                    expand("chain/{i}", i=range(%d)),
                    expand("pair/{i}", i=range(%d)),
                    expand("drain/{i}", i=range(%d)),
                    "parts.txt"

            rule first:
                output: temp("first/{i}")
                shell: "bash job.sh first-{wildcards.i} {output}"

            rule chain:
                input: "first/{i}"
                output: "chain/{i}"
                shell: "bash job.sh chain-{wildcards.i} {output} {input}"

            rule script:
                input: "chain/{i}"
                output: "script/{i}"
                script: "job.py"

            rule block:
                input: "chain/{i}"
                output: "block/{i}"
                run:
                    shell("bash job.sh block-{wildcards.i} {output} {input}")

            rule one:
                input: "chain/{i}"
                output: temp("one/{i}")
                group: "pairs"
                shell: "bash job.sh one-{wildcards.i} {output} {input}"

            rule pair:
                input: "one/{i}"
                output: "pair/{i}"
                group: "pairs"
                shell: "bash job.sh pair-{wildcards.i} {output} {input}"

            rule source:
                input: "chain/{i}"
                output: pipe("pipe/{i}")
                shell:
                    "bash job.sh source-{wildcards.i} source{wildcards.i}.txt {input}; "
                    "cat source{wildcards.i}.txt > {output}"

            rule drain:
                input: "pipe/{i}"
                output: "drain/{i}"
                shell:
                    "cat {input} > drain{wildcards.i}.txt; "
                    "bash job.sh drain-{wildcards.i} {output} drain{wildcards.i}.txt"

            checkpoint split:
                input: expand("chain/{i}", i=range(3))
                output: directory("split")
                shell: "bash job.sh split {output} {input}"

            rule part:
                input: "split/{n}"
                output: "part/{n}"
                shell: "bash job.sh part-{wildcards.n} {output} {input}"

            rule gather:
                input: parts
                output: "parts.txt"
                shell: "bash job.sh gather {output} {input}"
            """
                    .formatted(SCRIPTS, BLOCKS, CHAINS, GROUPS, PIPES);

    private static final String SCRIPT =
            """
            import subprocess
            name = "script-" + snakemake.wildcards.i
            subprocess.run(["bash", "job.sh", name, snakemake.output[0], *snakemake.input], check=True)
            """;

    private final Sandbox sandbox;

    ManyJobs(Sandbox sandbox) {
        this.sandbox = sandbox;
        sandbox.withSnakefile(SNAKEFILE)
                .with("job.sh", JOB)
                .with("job.py", SCRIPT)
                .with("locks/.keep", "");
    }

    /** How many jobs have begun, each counted once. */
    int begun() {
        return new LinkedHashSet<>(startedNames()).size();
    }

    /** Attempts one of whose jobs began and did not come to its end. */
    Set<String> attemptsUnderWay() {
        var open = new LinkedHashSet<>(sandbox.lines("started.txt"));
        sandbox.lines("ended.txt").forEach(open::remove);
        var attempts = new LinkedHashSet<String>();
        open.forEach(line -> attempts.add(attempt(process(line))));
        return attempts;
    }

    List<String> startedNames() {
        return sandbox.lines("started.txt").stream().map(ManyJobs::name).toList();
    }

    /** Checks that all is there and right, and that no job ever ran beside itself. */
    void areAllRight() {
        for (int i = 0; i < CHAINS; i++) {
            holds("chain/" + i, chain(i));
            assertThat(sandbox.has("first/" + i)).as("temporary first/%d", i).isFalse();
        }
        each(SCRIPTS, i -> holds("script/" + i, chain(i) + "script-" + i + "\n"));
        each(BLOCKS, i -> holds("block/" + i, chain(i) + "block-" + i + "\n"));
        each(GROUPS, i -> holds("pair/" + i, chain(i) + "one-" + i + "\npair-" + i + "\n"));
        each(PIPES, i -> holds("drain/" + i, chain(i) + "source-" + i + "\ndrain-" + i + "\n"));
        var gathered = new StringBuilder();
        each(PARTS, i -> gathered.append("%d\npart-%d\n".formatted(i, i)));
        holds("parts.txt", gathered + "gather\n");
        assertThat(Set.copyOf(startedNames())).as("jobs that began").hasSize(JOBS);
        assertThat(sandbox.lines("complaints.txt")).as("two at a time").isEmpty();
    }

    private void holds(String file, String text) {
        assertThat(sandbox.read(file)).as(file).isEqualTo(text);
    }

    private static String chain(int i) {
        return "first-%d\nchain-%d\n".formatted(i, i);
    }

    private static void each(int count, IntConsumer check) {
        IntStream.range(0, count).forEach(check);
    }

    /** The job's name in a line of {@code started.txt} or {@code ended.txt}. */
    static String name(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** The name of the process that wrote the line. */
    static String process(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** The attempt that a process is of: where it has several, they are called ATTEMPT.NUMBER. */
    static String attempt(String process) {
        return process.replaceFirst("\\.\\d+$", "");
    }
}
