package dev.sluice.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated format specs, judged by python3. {@code -Dsluice.seed=N} repeats a run. */
class FormatSpecAgainstPythonTest {
    private static final int CASES = 6000;

    private static final String PROGRAM =
            """
            import ast, sys
            for line in open(sys.argv[1], encoding="utf-8"):
                spec, value = line.rstrip("\\n").split("\\t")
                try:
                    print("ok " + format(ast.literal_eval(value), spec))
                except ValueError:
                    print("error")
            """;

    /** The same cases on every run; {@code -Dsluice.seed=N} gives others. */
    private final long seed = Long.getLong("sluice.seed", 20261124L);

    @TempDir Path folder;

    @Test
    void formatsAsPythonDoesOrLeavesItToPython() throws Exception {
        Random random = new Random(seed);
        List<String> specs = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < CASES; i++) {
            specs.add(spec(random));
            values.add(value(random));
            input.append(specs.get(i))
                    .append('\t')
                    .append(PythonRepr.repr(values.get(i)))
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("cases"), input);
        Process python =
                new ProcessBuilder("python3", "-c", PROGRAM, file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> expected = output.lines().toList();
        assertThat(expected).hasSize(CASES);
        int formatted = 0;
        for (int i = 0; i < CASES; i++) {
            String ours = FormatSpec.apply(specs.get(i), values.get(i));
            if (ours != null) {
                formatted++;
                assertThat("ok " + ours)
                        .as("%s with '%s', seed %d", values.get(i), specs.get(i), seed)
                        .isEqualTo(expected.get(i));
            }
        }
        assertThat(formatted).isGreaterThan(CASES / 8);
    }

    private static String spec(Random random) {
        return maybe(random, "*<", ">", "^", "=", "0>", "x^")
                + maybe(random, "+", "-", " ")
                + maybe(random, "0")
                + maybe(random, "3", "8", "12")
                + maybe(random, ",", "_")
                + maybe(random, ".0", ".1", ".3", ".10")
                + maybe(random, "d", "f", "s", "e", "%", "x", "X", "b", "o", "F", "E", "g");
    }

    private static String maybe(Random random, String... choices) {
        return random.nextBoolean() ? "" : choices[random.nextInt(choices.length)];
    }

    private static Value value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Value.Text("é1xy".substring(0, random.nextInt(5)));
            case 1 -> new Value.Int(random.nextLong(-2000, 3_000_000));
            case 2 -> new Value.Real(random.nextInt(-1000, 1000) / 8.0);
            default -> new Value.Real(random.nextGaussian() * Math.pow(10, random.nextInt(-6, 9)));
        };
    }
}
