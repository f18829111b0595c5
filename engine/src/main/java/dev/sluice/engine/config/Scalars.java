package dev.sluice.engine.config;

import dev.sluice.engine.value.Value;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of a scalar into the value that its tag says, as PyYAML does. */
final class Scalars {
    private static final String TIME = "(\\d\\d?):(\\d\\d):(\\d\\d)(?:\\.(\\d*))?";
    private static final String ZONE = "(Z|([-+])(\\d\\d?)(?::(\\d\\d))?)";
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "(\\d{4})-(\\d\\d?)-(\\d\\d?)"
                            + ("(?:(?:[Tt]|[ \\t]+)" + TIME + "(?:[ \\t]*" + ZONE + ")?)?"));

    private Scalars() {}

    static Value integer(String text) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        BigInteger number = magnitude(digits);
        return ofBig(negative ? number.negate() : number);
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.startsWith("0") && digits.length() > 1) {
            return new BigInteger(digits, 8);
        }
        BigInteger number = BigInteger.ZERO;
        for (String part : digits.split(":", -1)) {
            number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
        }
        return number;
    }

    static Value ofBig(BigInteger number) {
        if (number.bitLength() < 64) {
            return new Value.Int(number.longValue());
        }
        String digits = number.toString();
        return new Value.Opaque("int", digits, digits, null, -1);
    }

    static Value real(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        double number =
                switch (digits) {
                    case ".inf" -> Double.POSITIVE_INFINITY;
                    case ".nan" -> Double.NaN;
                    default -> sexagesimal(digits);
                };
        return new Value.Real(negative ? -number : number);
    }

    private static double sexagesimal(String digits) {
        String[] parts = digits.split(":", -1);
        double number = 0;
        double base = 1;
        for (int i = parts.length - 1; i >= 0; i--) {
            number += Double.parseDouble(parts[i]) * base;
            base *= 60;
        }
        return number;
    }

    static Value bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> new Value.Bool(true);
            case "no", "false", "off" -> new Value.Bool(false);
            default -> throw new NumberFormatException("not a boolean: " + text);
        };
    }

    static Value binary(String text) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : Base64.getMimeDecoder().decode(text)) {
            bytes.add(b);
        }
        return new Value.Blob(bytes);
    }

    /**
     * PyYAML makes a {@code date} or {@code datetime} of this; here it is the text that {@code
     * str()} would give, since that is what paths and commands are made of.
     */
    static Value timestamp(String text) {
        Matcher parts = TIMESTAMP.matcher(text);
        if (!parts.matches()) {
            throw new DateTimeException("not a date: " + text);
        }
        LocalDate date =
                LocalDate.of(
                        number(parts.group(1)), number(parts.group(2)), number(parts.group(3)));
        if (parts.group(4) == null) {
            return new Value.Text(date.toString());
        }
        String fraction = parts.group(7) == null ? "" : parts.group(7);
        int micros = number((fraction + "000000").substring(0, 6));
        LocalDateTime time =
                date.atTime(number(parts.group(4)), number(parts.group(5)), number(parts.group(6)));
        StringBuilder words = new StringBuilder();
        words.append(date).append(' ');
        words.append(twoDigits(time.getHour())).append(':').append(twoDigits(time.getMinute()));
        words.append(':').append(twoDigits(time.getSecond()));
        if (micros != 0) {
            words.append('.').append(String.format(Locale.ROOT, "%06d", micros));
        }
        return new Value.Text(words.append(zone(parts)).toString());
    }

    private static String zone(Matcher parts) {
        if (parts.group(8) == null) {
            return "";
        }
        if (parts.group(9) == null) {
            return "+00:00";
        }
        String minutes = parts.group(11) == null ? "00" : parts.group(11);
        boolean zero = number(parts.group(10)) == 0 && number(minutes) == 0;
        return (zero ? "+" : parts.group(9)) + twoDigits(number(parts.group(10))) + ":" + minutes;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
