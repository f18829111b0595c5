package dev.sluice.dsl;

import dev.sluice.dsl.python.ProgramWriter;
import dev.sluice.dsl.source.SourceFile;

import java.lang.management.ManagementFactory;

/**
 * Measures parsing by hand: {@code ParseSpeed RULES ROUNDS} prints for each round the CPU time of
 * the parsing thread and MB a CPU second; the first round is cold. Not a test.
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

    /** One parse and one rendering; what comes back tells the figures, so that both are needed. */
    static String round(String text, int round) {
        long start = cpu();
        var parsed = Snakefiles.parse(new SourceFile("Snakefile", text));
        long read = cpu();
        var program = ProgramWriter.write(parsed);
        long written = cpu();
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

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
