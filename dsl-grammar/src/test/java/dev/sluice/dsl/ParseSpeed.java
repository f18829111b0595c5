package dev.sluice.dsl;

import dev.sluice.dsl.python.ProgramWriter;
import dev.sluice.dsl.source.SourceFile;

/**
 * Measures parsing by hand: {@code ParseSpeed RULES ROUNDS} prints the milliseconds and MB/s of
 * each round, of which the first one is cold. Not a test.
 */
final class ParseSpeed {
    private ParseSpeed() {}

    public static void main(String[] arguments) {
        int rules = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        String text = ManyRulesText.of(rules);
        for (int round = 1; round <= rounds; round++) {
            System.out.println(round(text, round));
        }
    }

    static String round(String text, int round) {
        long start = System.nanoTime();
        var parsed = Snakefiles.parse(new SourceFile("Snakefile", text));
        long read = System.nanoTime();
        var program = ProgramWriter.write(parsed);
        long written = System.nanoTime();
        double millis = (read - start) / 1e6;
        return "round %d: parse %.1f ms (%.1f MB/s), write %.1f ms, %d rules, %d characters"
                .formatted(
                        round,
                        millis,
                        text.length() / 1e3 / millis,
                        (written - read) / 1e6,
                        parsed.tree().rules().size(),
                        program.text().length());
    }
}
