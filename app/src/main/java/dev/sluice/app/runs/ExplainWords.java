package dev.sluice.app.runs;

import java.util.List;

/** Lists as a sentence holds them. */
final class ExplainWords {
    private static final int NAMED = 2;

    private ExplainWords() {}

    /** {@code a}, {@code a and b}, {@code a, b and 3 more}. */
    static String some(List<String> names) {
        return switch (names.size()) {
            case 0 -> "nothing";
            case 1 -> names.getFirst();
            case 2 -> names.getFirst() + " and " + names.getLast();
            case 3 -> names.get(0) + ", " + names.get(1) + " and " + names.get(2);
            default ->
                    String.join(", ", names.subList(0, NAMED))
                            + " and "
                            + (names.size() - NAMED)
                            + " more";
        };
    }

    /** {@code 1 job}, {@code 3 jobs}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    static String is(List<String> names) {
        return names.size() == 1 ? " is " : " are ";
    }

    static String has(List<String> names) {
        return names.size() == 1 ? " has " : " have ";
    }
}
