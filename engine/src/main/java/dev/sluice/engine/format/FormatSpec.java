package dev.sluice.engine.format;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The usual part of Python's mini-language for format specs; for the rest Python is asked. */
final class FormatSpec {
    private static final Pattern SPEC =
            Pattern.compile(
                    "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+"
                        + " ])?(?<zero>0)?(?<width>[1-9]\\d{0,3})?"
                        + "(?<group>[,_])?(?:\\.(?<precision>\\d{1,3}))?(?<type>[sdxXobfFeE%])?",
                    Pattern.DOTALL);

    private final String fill;
    private final String align;
    private final String sign;
    private final int width;
    private final int precision;
    private final String type;
    private final String group;

    private FormatSpec(Matcher spec) {
        boolean zero = spec.group("zero") != null;
        String givenAlign = orEmpty(spec.group("align"));
        String givenFill = orEmpty(spec.group("fill"));
        this.align = givenAlign.isEmpty() && zero ? "=" : givenAlign;
        this.fill = givenFill.isEmpty() ? (zero ? "0" : " ") : givenFill;
        this.sign = orEmpty(spec.group("sign"));
        this.width = number(spec.group("width"), 0);
        this.precision = number(spec.group("precision"), -1);
        this.type = orEmpty(spec.group("type"));
        this.group = orEmpty(spec.group("group"));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int number(@Nullable String digits, int ifAbsent) {
        return digits == null ? ifAbsent : Integer.parseInt(digits);
    }

    /** The value formatted, or null where Python has to do it. */
    static @Nullable String apply(String text, Value value) {
        Matcher matcher = SPEC.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        FormatSpec spec = new FormatSpec(matcher);
        return switch (value) {
            case Value.Text(String string) -> spec.string(string);
            case Value.Int(long number) -> spec.integer(number);
            case Value.Real(double number) -> spec.real(number);
            default -> null;
        };
    }

    private @Nullable String string(String text) {
        boolean plain = (type.isEmpty() || type.equals("s")) && sign.isEmpty() && group.isEmpty();
        if (!plain || align.equals("=")) {
            return null;
        }
        boolean long_ = precision >= 0 && text.codePointCount(0, text.length()) > precision;
        String cut = long_ ? text.substring(0, text.offsetByCodePoints(0, precision)) : text;
        return pad("", cut, "<");
    }

    private @Nullable String integer(long number) {
        if (isOfReal()) {
            return Math.abs(number) < 1L << 53 ? real((double) number) : null;
        }
        if (precision >= 0 || number == Long.MIN_VALUE) {
            return null;
        }
        long magnitude = Math.abs(number);
        String digits =
                switch (type) {
                    case "", "d" -> Long.toString(magnitude);
                    case "x" -> Long.toHexString(magnitude);
                    case "X" -> Long.toHexString(magnitude).toUpperCase(Locale.ROOT);
                    case "o" -> Long.toOctalString(magnitude);
                    case "b" -> Long.toBinaryString(magnitude);
                    default -> "";
                };
        if (digits.isEmpty() || (!group.isEmpty() && (!isDecimal() || fill.equals("0")))) {
            return null;
        }
        return pad(signOf(number < 0), grouped(digits), ">");
    }

    private boolean isDecimal() {
        return type.isEmpty() || type.equals("d");
    }

    private boolean isOfReal() {
        return !type.isEmpty() && "fFeE%".contains(type);
    }

    private @Nullable String real(double number) {
        if (!isOfReal() || !Double.isFinite(number) || (!group.isEmpty() && fill.equals("0"))) {
            return null;
        }
        boolean negative = Math.copySign(1, number) < 0;
        BigDecimal exact = new BigDecimal(Math.abs(number));
        int digits = precision < 0 ? 6 : precision;
        String text =
                switch (type) {
                    case "%" -> fixed(new BigDecimal(Math.abs(number * 100)), digits) + "%";
                    case "e", "E" -> scientific(exact, digits);
                    default -> fixed(exact, digits);
                };
        return text.isEmpty() ? null : pad(signOf(negative), text, ">");
    }

    private String fixed(BigDecimal exact, int digits) {
        String text = exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
        int point = text.indexOf('.');
        return point < 0
                ? grouped(text)
                : grouped(text.substring(0, point)) + text.substring(point);
    }

    private String scientific(BigDecimal exact, int digits) {
        if (!group.isEmpty()) {
            return "";
        }
        if (exact.signum() == 0) {
            String zeros = digits > 0 ? "0." + "0".repeat(digits) : "0";
            return zeros + type + "+00";
        }
        BigDecimal rounded =
                exact.round(new java.math.MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        StringBuilder mantissa = new StringBuilder(rounded.unscaledValue().toString());
        while (mantissa.length() < digits + 1) {
            mantissa.append('0');
        }
        mantissa.setLength(digits + 1);
        if (digits > 0) {
            mantissa.insert(1, '.');
        }
        return mantissa
                + type
                + String.format(
                        Locale.ROOT, "%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private String signOf(boolean negative) {
        return negative ? "-" : sign.equals("-") ? "" : sign;
    }

    private String grouped(String digits) {
        if (group.isEmpty()) {
            return digits;
        }
        StringBuilder text = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            text.insert(i, group);
        }
        return text.toString();
    }

    private String pad(String before, String text, String usualAlign) {
        int missing = width - before.length() - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return before + text;
        }
        return switch (align.isEmpty() ? usualAlign : align) {
            case "<" -> before + text + fill.repeat(missing);
            case "^" ->
                    fill.repeat(missing / 2) + before + text + fill.repeat(missing - missing / 2);
            case "=" -> before + fill.repeat(missing) + text;
            default -> fill.repeat(missing) + before + text;
        };
    }
}
