package dev.sluice.benchmarks;

import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.python.ProgramWriter;
import dev.sluice.dsl.source.SourceFile;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * A long Snakefile is parsed and rendered as Python. A thousand of its rules are about 0.29 MB,
 * which makes MB/s of ms.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(1)
public class ParserBenchmark {
    /** Linear time shows in two sizes. */
    @Param({"1000", "10000"})
    public int rules;

    private String text = "";

    @Setup
    public void write() {
        var all = new StringBuilder();
        for (int rule = 0; rule < rules; rule++) {
            all.append(
                    """
                    rule align_%1$d:
                        input:
                            genome="data/genome.fa",
                            reads=lambda wildcards: f"data/{wildcards.sample}_%1$d.fastq",
                        output: temp("mapped/%1$d/{sample}.bam")
                        log: "logs/%1$d/{sample}.log"
                        threads: 4
                        shell: "bwa mem -t {threads} {input} > {output} 2> {log}"

                    """
                            .formatted(rule));
        }
        text = all.toString();
    }

    /** The tree alone. */
    @Benchmark
    public int parse() {
        return Snakefiles.parse(new SourceFile("Snakefile", text)).tree().rules().size();
    }

    /** The tree, and the program that the helper runs. */
    @Benchmark
    public int parseAndWrite() {
        return ProgramWriter.write(Snakefiles.parse(new SourceFile("Snakefile", text)))
                .text()
                .length();
    }
}
