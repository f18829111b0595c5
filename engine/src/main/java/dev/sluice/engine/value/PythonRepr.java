package dev.sluice.engine.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Python's {@code str()} and {@code repr()} of values, to the character. */
public final class PythonRepr {
    private PythonRepr() {}

    public static String str(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.PathText(String text) -> text;
            case Value.Opaque opaque -> opaque.str();
            case Value.Scalar scalar -> str(scalar.value());
            case Value.Nothing nothing -> repr(nothing);
            case Value.Bool bool -> repr(bool);
            case Value.Int number -> repr(number);
            case Value.Real number -> repr(number);
            case Value.Blob blob -> repr(blob);
            case Value.ListOf list -> repr(list);
            case Value.TupleOf tuple -> repr(tuple);
            case Value.SetOf set -> repr(set);
            case Value.MapOf map -> repr(map);
            case Value.RangeOf range -> repr(range);
        };
    }

    public static String repr(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> "None";
            case Value.Bool(boolean bool) -> bool ? "True" : "False";
            case Value.Int(long number) -> Long.toString(number);
            case Value.Real(double number) -> real(number);
            case Value.Text(String text) -> quoted(text);
            case Value.Blob(List<Byte> bytes) -> "b" + quotedBytes(bytes);
            case Value.PathText(String text) -> "PosixPath(" + quoted(text) + ")";
            case Value.ListOf(List<Value> items) -> "[" + join(items) + "]";
            case Value.TupleOf(List<Value> items) ->
                    "(" + join(items) + (items.size() == 1 ? ",)" : ")");
            case Value.SetOf(List<Value> items, boolean frozen) -> set(items, frozen);
            case Value.MapOf(List<Value.Entry> entries) -> map(entries);
            case Value.RangeOf(long start, long stop, long step) ->
                    "range(" + start + ", " + stop + (step == 1 ? ")" : ", " + step + ")");
            case Value.Scalar scalar -> scalar(scalar);
            case Value.Opaque opaque -> opaque.repr();
        };
    }

    private static String join(List<Value> items) {
        List<String> parts = new ArrayList<>(items.size());
        for (Value item : items) {
            parts.add(repr(item));
        }
        return String.join(", ", parts);
    }

    private static String set(List<Value> items, boolean frozen) {
        if (items.isEmpty()) {
            return frozen ? "frozenset()" : "set()";
        }
        String inside = "{" + join(items) + "}";
        return frozen ? "frozenset(" + inside + ")" : inside;
    }

    private static String map(List<Value.Entry> entries) {
        List<String> parts = new ArrayList<>(entries.size());
        for (Value.Entry entry : entries) {
            parts.add(repr(entry.key()) + ": " + repr(entry.value()));
        }
        return "{" + String.join(", ", parts) + "}";
    }

    /** As numpy 2 writes it. */
    private static String scalar(Value.Scalar scalar) {
        String type =
                scalar.type().startsWith("numpy.")
                        ? "np" + scalar.type().substring(5)
                        : scalar.type();
        if (scalar.value() instanceof Value.Bool(boolean bool)) {
            return bool ? "np.True_" : "np.False_";
        }
        return type + "(" + repr(scalar.value()) + ")";
    }

    /**
     * The shortest digits that give the number back, with an exponent below 1e-4 and from 1e16 on.
     */
    public static String real(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        String sign = Math.copySign(1, number) < 0 ? "-" : "";
        if (number == 0) {
            return sign + "0.0";
        }
        ShortestDigits shortest = ShortestDigits.of(Math.abs(number));
        String digits = shortest.digits();
        int exponent = shortest.exponent();
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String power = String.format(Locale.ROOT, "%02d", Math.abs(exponent));
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + power;
        }
        if (exponent < 0) {
            return sign + "0." + "0".repeat(-exponent - 1) + digits;
        }
        if (digits.length() <= exponent + 1) {
            return sign + digits + "0".repeat(exponent + 1 - digits.length()) + ".0";
        }
        return sign + digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
    }

    /** A string literal: in single quotes unless only those are inside. */
    public static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder literal = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> escape(literal, c, quote));
        return literal.append(quote).toString();
    }

    private static void escape(StringBuilder literal, int c, char quote) {
        switch (c) {
            case '\\' -> literal.append("\\\\");
            case '\n' -> literal.append("\\n");
            case '\r' -> literal.append("\\r");
            case '\t' -> literal.append("\\t");
            default -> {
                if (c == quote) {
                    literal.append('\\').append(quote);
                } else if (isPrintable(c)) {
                    literal.appendCodePoint(c);
                } else {
                    literal.append(hex(c));
                }
            }
        }
    }

    private static String hex(int c) {
        String format = c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x";
        return String.format(Locale.ROOT, format, c);
    }

    private static boolean isPrintable(int c) {
        if (c < 0x7F) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static String quotedBytes(List<Byte> bytes) {
        boolean single = bytes.contains((byte) '\'') && !bytes.contains((byte) '"');
        char quote = single ? '"' : '\'';
        StringBuilder literal = new StringBuilder().append(quote);
        for (byte b : bytes) {
            int c = b & 0xFF;
            if (c >= 0x7F) {
                literal.append(hex(c));
            } else {
                escape(literal, c, quote);
            }
        }
        return literal.append(quote).toString();
    }
}
