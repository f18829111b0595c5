package dev.sluice.app;

import dev.sluice.app.cli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the AOT cache is trained with: the usual commands on a tiny workflow, one after the other,
 * in the empty working folder. Whatever a command loads that none of these does, it loads slowly.
 */
final class Rehearsal {

    private static final String SNAKEFILE =
            """
            SAMPLES = ["a", "b", "c"]

            rule all:
                input: "sum.txt"

            rule copy:
                input: "in/{name}.txt"
                output: "out/{name}.txt"
                params: note=lambda wildcards: wildcards.name, size=3
                log: "logs/{name}.log"
                threads: 2
                resources: mem_mb=10
                message: "copying {wildcards.name}"
                shell: "cat {input} > {output}; echo {params.note:q} >&2"

            rule sum:
                input: expand("out/{name}.txt", name=SAMPLES)
                output: temp("total.txt")
                run:
                    with open(output[0], "w") as total:
                        total.write(str(len(input)))

            rule tell:
                input: "total.txt", lambda wildcards: "in/a.txt"
                output: "sum.txt"
                benchmark: "benchmark.txt"
                shell: "cp {input[0]} {output}"
            """;

    private static final String WRONG =
            """
            rule one:
                inptu: "a"
            """;

    /** A command and the code that it has to end with. */
    private record Act(int code, List<String> words) {
        static Act of(int code, String... words) {
            return new Act(code, List.of(words));
        }
    }

    private static final List<Act> ACTS =
            List.of(
                    Act.of(0, "--version"),
                    Act.of(0, "--help"),
                    Act.of(0, "run", "-n", "-p", "-c", "2"),
                    Act.of(0, "run", "-n", "--json"),
                    Act.of(0, "run", "-c", "2"),
                    Act.of(0, "run", "-c", "2"),
                    Act.of(0, "run", "-n", "-q", "-c", "2"),
                    Act.of(0, "run", "-n", "-R", "copy", "-c", "2"),
                    Act.of(2, "run", "-n", "-s", "Wrong"),
                    Act.of(2, "run", "-n", "nothing-makes-this"));

    private Rehearsal() {}

    /** Ends with 0 when every command did what it should. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of("Snakefile"), SNAKEFILE);
        Files.writeString(Path.of("Wrong"), WRONG);
        Files.createDirectory(Path.of("in"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(Path.of("in", name + ".txt"), name);
        }
        for (Act act : ACTS) {
            if (CommandLine.run(act.words(), false) != act.code()) {
                System.exit(1);
            }
        }
        // Once more as on a terminal, which shows progress in another way.
        System.setProperty("sluice.tty.err", "1");
        System.exit(CommandLine.run(List.of("run", "-F", "-c", "2"), false));
    }
}
