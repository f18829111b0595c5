package dev.sluice.app.runs;

import java.util.List;

/** Lists as a sentence holds them. */
final class ExplainWords {
    /** How many names a sentence may need of a list. */
    static final int ENOUGH = 3;

    private static final int NAMED = 2;

    private ExplainWords() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}, {@code a, b and 3 more}. */
    static String some(List<String> names) {
        return some(names, names.size());
    }

    /**
     * The same of a longer list.
     *
     * @param names its first ones, {@link #ENOUGH} of them or all
     */
    static String some(List<String> names, int all) {
        return switch (all) {
            case 0 -> "nothing";
            case 1 -> names.getFirst();
            case 2 -> names.get(0) + " and " + names.get(1);
            case 3 -> names.get(0) + ", " + names.get(1) + " and " + names.get(2);
            default ->
                    String.join(", ", names.subList(0, NAMED)) + " and " + (all - NAMED) + " more";
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
