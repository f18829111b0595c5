package dev.sluice.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small workflows whose jobs wait at gates until a test lets them through. */
final class Workflows {
    static final List<String> SAMPLES = List.of("ada", "ben", "cleo", "dan", "eve", "fay");

    /** Whose input is broken, where one is. */
    static final String BROKEN = "cleo";

    private static final String BROKEN_INPUT = "data/" + BROKEN + ".txt";

    private static final String COUNTS =
            """
            SAMPLES = NAMES

            rule all:
                input: "report.txt"

            rule count:
                input: "data/{sample}.txt"
                output: "counts/{sample}.txt"
                resources: mem_mb=200
                shell:
                    "until [ -e GATES/{wildcards.sample} ]; do sleep 0.05; done;"
                    " seq -f 'reading line %g' 2000;"
                    " if grep -q '#' {input}; then"
                    " echo 'Error: line 2 of {input} is not a number' >&2;"
                    " seq -f 'cleaning up %g' 300; exit 3; fi;"
                    " wc -l < {input} > {output}"

            rule report:
                input: expand("counts/{sample}.txt", sample=SAMPLES)
                output: "report.txt"
                shell: "until [ -e GATES/report ]; do sleep 0.05; done; cat {input} > {output}"
            """;

    private static final String SEQUENCING =
            """
            SAMPLES = [f"T{n:02}" for n in range(1, 13)]

            rule report:
                input: "multiqc.html", expand("calls/{sample}.vcf", sample=SAMPLES)
                output: "report.html"
                shell: "touch {output}"

            rule fastp:
                output: "trimmed/{sample}.fq"
                shell: "sleep 0.$((7 + 0x$(echo {wildcards.sample} | md5sum | cut -c1) % 3)); touch {output}"

            rule fastqc:
                input: "trimmed/{sample}.fq"
                output: "qc/{sample}.html"
                shell: "sleep 0.$((4 + 0x$(echo {wildcards.sample} | md5sum | cut -c2) % 6)); touch {output}"

            rule bwa_mem:
                input: "trimmed/{sample}.fq"
                output: "mapped/{sample}.bam"
                threads: 2
                resources: mem_mb=12000
                shell:
                    "echo '[M::bwa_idx_load_from_disk] read 0 ALT contigs';"
                    " sleep $((1 + 0x$(echo {wildcards.sample} | md5sum | cut -c3) % 3)).4;"
                    " if [ {wildcards.sample} = T07 ]; then"
                    " echo '[M::process] read 184220 sequences (27817220 bp)';"
                    " echo '[E::bseq_read] error: {input} is truncated at record 184221' >&2;"
                    " exit 1; fi; touch {output}"

            rule mark_duplicates:
                input: "mapped/{sample}.bam"
                output: "dedup/{sample}.bam"
                shell: "sleep 1.$((0x$(echo {wildcards.sample} | md5sum | cut -c4) % 8)); touch {output}"

            rule call_variants:
                input: "dedup/{sample}.bam"
                output: "calls/{sample}.vcf"
                shell: "sleep 3.$((0x$(echo {wildcards.sample} | md5sum | cut -c5) % 8)); touch {output}"

            rule multiqc:
                input: expand("qc/{sample}.html", sample=SAMPLES)
                output: "multiqc.html"
                shell: "sleep 1; touch {output}"
            """;

    private final Path folder;

    Workflows(Path folder) {
        this.folder = folder;
    }

    /** Counts lines of samples; one of them is broken. Its gates are those of its name. */
    Path counting(String name, boolean broken) {
        Path workflow = folder.resolve("workflows").resolve(name);
        String names = "[\"" + String.join("\", \"", SAMPLES) + "\"]";
        Path gates = folder.resolve("gates").resolve(name);
        write(
                workflow.resolve("Snakefile"),
                COUNTS.replace("NAMES", names).replace("GATES", gates.toString()));
        for (String sample : SAMPLES) {
            write(
                    workflow.resolve("data/" + sample + ".txt"),
                    broken && sample.equals(BROKEN) ? "1\n#?\n" : "1\n2\n3\n");
        }
        return workflow;
    }

    /** One that says nothing of a rule that can be understood. */
    Path unreadable(String name) {
        Path workflow = folder.resolve("workflows").resolve(name);
        write(
                workflow.resolve("Snakefile"),
                """
                rule all:
                    input: "out.txt"

                rule make:
                    output: "out.txt"
                    shel: "touch {output}"
                """);
        return workflow;
    }

    /** Mends the input in the workflow's own folder. */
    void mend(String name) {
        write(folder.resolve("workflows").resolve(name).resolve(BROKEN_INPUT), "1\n2\n3\n");
    }

    /** A folder with the mended input alone. */
    Path mendedInput(String name) {
        Path mend = folder.resolve("mends").resolve(name);
        write(mend.resolve(BROKEN_INPUT), "1\n2\n3\n");
        return mend;
    }

    void open(String name, String... gates) {
        for (String gate : gates) {
            write(folder.resolve("gates").resolve(name).resolve(gate), "");
        }
    }

    void openAll(String name) {
        open(name, SAMPLES.toArray(String[]::new));
        open(name, "report");
    }

    /** So that no job of a failed test goes on. */
    void openAllGates() throws IOException {
        Path all = folder.resolve("workflows");
        if (Files.isDirectory(all)) {
            try (Stream<Path> names = Files.list(all)) {
                names.forEach(each -> openAll(each.getFileName().toString()));
            }
        }
    }

    /** Looks like a day's work of a sequencing laboratory, in a minute; one sample is broken. */
    Path sequencing(String name) {
        Path workflow = folder.resolve("workflows").resolve(name);
        write(workflow.resolve("Snakefile"), SEQUENCING);
        return workflow;
    }

    /** What the upload of the page takes. */
    static byte[] zip(Path folder) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
