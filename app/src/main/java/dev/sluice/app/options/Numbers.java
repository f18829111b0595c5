package dev.sluice.app.options;

import dev.sluice.app.console.UsageError;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers off the command line. */
public final class Numbers {
    private static final Pattern SIZE =
            Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)(i?)b?\\s*");

    private Numbers() {}

    public static int atLeast(int least, String option, String word) {
        try {
            int number = Integer.parseInt(word.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as for a number that is too small.
        }
        throw new UsageError(
                "--" + option + " expects a whole number from " + least + ", not `" + word + "`");
    }

    public static double seconds(String option, String word) {
        try {
            double seconds = Double.parseDouble(word.strip());
            if (seconds >= 0) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageError("--" + option + " expects a number of seconds, not `" + word + "`");
    }

    /** Bytes: {@code 1000000}, {@code 1MB}, {@code 1 MiB}. */
    public static long bytes(String option, String word) {
        Matcher size = SIZE.matcher(word.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new UsageError(
                    "--" + option + " expects a size such as 1000000 or 1MB, not `" + word + "`");
        }
        double base = size.group(3).isEmpty() ? 1000 : 1024;
        int power = " kmgt".indexOf(size.group(2).isEmpty() ? ' ' : size.group(2).charAt(0));
        return (long) (Double.parseDouble(size.group(1)) * Math.pow(base, power));
    }
}
