package dev.sluice.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Generated numbers and texts, judged by python3. {@code -Dsluice.seed=N} repeats a run. */
class PythonReprAgainstPythonTest {
    private static final int CASES = 4000;

    /** The same cases on every run; {@code -Dsluice.seed=N} gives others. */
    private final long seed = Long.getLong("sluice.seed", 20261124L);

    @Test
    void writesNumbersAsPythonDoes() throws Exception {
        Random random = new Random(seed);
        List<Double> numbers = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        while (numbers.size() < CASES) {
            double number =
                    switch (random.nextInt(4)) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextInt(1000) / 100.0;
                        case 2 -> Double.longBitsToDouble(random.nextLong(1L << 20));
                        default -> Math.pow(10, random.nextInt(-20, 25)) * random.nextInt(1, 100);
                    };
            if (Double.isFinite(number)) {
                numbers.add(number);
                input.append("%016x\n".formatted(Double.doubleToRawLongBits(number)));
            }
        }
        List<String> expected =
                python(
                        """
                        import sys, struct
                        for line in sys.stdin:
                            print(repr(struct.unpack('>d', bytes.fromhex(line.strip()))[0]))
                        """,
                        input.toString());
        for (int i = 0; i < CASES; i++) {
            assertThat(PythonRepr.real(numbers.get(i)))
                    .as("seed %d", seed)
                    .isEqualTo(expected.get(i));
        }
    }

    @Test
    void writesTextsAsPythonDoes() throws Exception {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < CASES; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) {
                // Blocks whose characters have not changed since long before Python 3.9.
                int point =
                        switch (random.nextInt(5)) {
                            case 0 -> random.nextInt(0x20);
                            case 1 -> "'\"\\".charAt(random.nextInt(3));
                            case 2 -> 0x2000 + random.nextInt(0x70);
                            default -> 0x20 + random.nextInt(0x250);
                        };
                text.appendCodePoint(point);
            }
            texts.add(text.toString());
            input.append('x')
                    .append(
                            HexFormat.of()
                                    .formatHex(text.toString().getBytes(StandardCharsets.UTF_8)));
            input.append('\n');
        }
        List<String> expected =
                python(
                        """
                        import sys
                        for line in sys.stdin:
                            print(repr(bytes.fromhex(line.strip()[1:]).decode()).encode().hex())
                        """,
                        input.toString());
        for (int i = 0; i < CASES; i++) {
            String text =
                    new String(HexFormat.of().parseHex(expected.get(i)), StandardCharsets.UTF_8);
            assertThat(PythonRepr.quoted(texts.get(i))).as("seed %d", seed).isEqualTo(text);
        }
    }

    private static List<String> python(String program, String input)
            throws IOException, InterruptedException {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("sluice", ".txt");
        try {
            java.nio.file.Files.writeString(file, input);
            Process python =
                    new ProcessBuilder("python3", "-c", program)
                            .redirectInput(file.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String output =
                    new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(python.waitFor()).isZero();
            return output.lines().toList();
        } finally {
            java.nio.file.Files.delete(file);
        }
    }
}
