package dev.sluice.dsl;

/** A Snakefile of any number of rules, of the shape that real ones have. */
public final class ManyRulesText {
    private ManyRulesText() {}

    public static String of(int count) {
        var text = new StringBuilder("import os\n\nSAMPLES = [\"a\", \"b\"]\n\n");
        for (int i = 0; i < count; i++) {
            text.append(rule(i));
        }
        return text.toString();
    }

    private static String rule(int number) {
        return """
        def input_of_%1$d(wildcards):
            # The sample sheet knows.
            return [f"{wildcards.dir}/{s}.bam" for s in SAMPLES if s not in ("x", 'y')]


        rule align_%1$d:
            \"""Aligns the reads of one sample.\"""
            input:
                input_of_%1$d,
                reads=expand("data/{sample}.fastq", sample=SAMPLES),
                index="index/{genome}.idx",  # made elsewhere
            output:
                bam=temp("out_%1$d/{sample}.{genome}.bam"),
            params:
                extra=lambda wildcards, attempt: {"a": attempt}["a":],
            log: "logs/%1$d/{sample}.{genome}.log"
            threads: 4
            resources: mem_mb=1000
            shell:
                "aligner -t {threads} {params.extra} {input.index} {input.reads} "
                "> {output.bam} 2> {log}"


        """
                .formatted(number);
    }
}
