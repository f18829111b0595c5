package dev.sluice.engine.plan;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resources of a job in the units in which rules, limits and scripts count them. */
final class ScaledResources {
    private static final List<String> SIZED = List.of("mem", "disk");
    private static final double MEBIBYTE = 0.95367431640625;
    private static final double BYTES_OF_MB = 1e6;

    private static final Pattern QUANTITY =
            Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]*)\\s*");

    private static final Map<String, Double> TIMES =
            Map.ofEntries(
                    Map.entry("ms", 0.001),
                    Map.entry("", 1.0),
                    Map.entry("s", 1.0),
                    Map.entry("sec", 1.0),
                    Map.entry("secs", 1.0),
                    Map.entry("second", 1.0),
                    Map.entry("seconds", 1.0),
                    Map.entry("m", 60.0),
                    Map.entry("min", 60.0),
                    Map.entry("mins", 60.0),
                    Map.entry("minute", 60.0),
                    Map.entry("minutes", 60.0),
                    Map.entry("h", 3600.0),
                    Map.entry("hour", 3600.0),
                    Map.entry("hours", 3600.0),
                    Map.entry("d", 86400.0),
                    Map.entry("day", 86400.0),
                    Map.entry("days", 86400.0),
                    Map.entry("w", 604800.0),
                    Map.entry("week", 604800.0),
                    Map.entry("weeks", 604800.0),
                    Map.entry("y", 31449600.0),
                    Map.entry("year", 31449600.0),
                    Map.entry("years", 31449600.0));

    private ScaledResources() {}

    /** A resource that cannot be read; the message is for the user. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /**
     * {@code mem}, {@code mem_mb} and {@code mem_mib} are one resource: the name it is kept under.
     */
    static String standardName(String name) {
        for (String sized : SIZED) {
            if (name.equals(sized) || name.equals(sized + "_mib")) {
                return sized + "_mb";
            }
        }
        return name;
    }

    /**
     * A value as the rule gave it, under its standard name: whole numbers, sizes in MB, times in
     * minutes.
     *
     * @throws Unreadable when it is of no use as this resource
     */
    static Value standard(String name, Value value) {
        if (value.equals(JobSettings.TO_BE_DETERMINED)) {
            return value;
        }
        Value plain = plain(name, value);
        if (SIZED.contains(name)) {
            return plain instanceof Value.Text text ? megabytes(name, text.value()) : plain;
        }
        if (name.equals("runtime") && plain instanceof Value.Text text) {
            return minutes(text.value());
        }
        if (!standardName(name).equals(name) || sizedName(name) != null) {
            if (!(plain instanceof Value.Int number)) {
                throw new Unreadable("the resource `" + name + "` has to be a number");
            }
            boolean mebibytes = name.endsWith("_mib");
            return mebibytes ? new Value.Int((long) Math.floor(number.value() / MEBIBYTE)) : number;
        }
        return plain;
    }

    /** All forms of the resources, limited; {@code values} by standard name. */
    static SequencedMap<String, Value> expand(
            SequencedMap<String, Value> values, SequencedMap<String, Long> limits) {
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        values.forEach(
                (name, value) -> {
                    if (value instanceof Value.Nothing) {
                        return;
                    }
                    Value limited = limited(value, limits.get(name));
                    all.put(name, limited);
                    String sized = sizedName(name);
                    if (sized != null) {
                        all.put(sized, human(limited));
                        all.put(sized + "_mib", mebibytes(limited));
                    }
                });
        return all;
    }

    private static Value limited(Value value, @Nullable Long limit) {
        return limit != null && value instanceof Value.Int number
                ? new Value.Int(Math.min(number.value(), limit))
                : value;
    }

    private static @Nullable String sizedName(String name) {
        for (String sized : SIZED) {
            if (name.equals(sized + "_mb")) {
                return sized;
            }
        }
        return null;
    }

    private static Value plain(String name, Value value) {
        return switch (value) {
            case Value.Int number -> number;
            case Value.Real real -> new Value.Int(Math.round(Math.rint(real.value())));
            case Value.Bool bool -> new Value.Int(bool.value() ? 1 : 0);
            case Value.Scalar scalar -> plain(name, scalar.value());
            case Value.Text text -> text;
            case Value.PathText path -> new Value.Text(path.value());
            case Value.Nothing nothing -> nothing;
            case Value.Blob blob -> throw invalid(name);
            case Value.ListOf list -> throw invalid(name);
            case Value.TupleOf tuple -> throw invalid(name);
            case Value.SetOf set -> throw invalid(name);
            case Value.MapOf map -> throw invalid(name);
            case Value.RangeOf range -> throw invalid(name);
            case Value.Opaque opaque -> throw invalid(name);
        };
    }

    private static Unreadable invalid(String name) {
        return new Unreadable(
                "the resource `" + name + "` has to be a number, a string or a function");
    }

    private static Value megabytes(String name, String text) {
        Matcher matcher = QUANTITY.matcher(unquoted(text));
        if (matcher.matches()) {
            double number = Double.parseDouble(matcher.group(1));
            String unit = matcher.group(2).toLowerCase(Locale.ROOT);
            if (unit.isEmpty() && matcher.group(1).indexOf('.') < 0) {
                return new Value.Int(Long.parseLong(matcher.group(1)));
            }
            double factor = bytes(unit);
            if (factor > 0) {
                long size = (long) Math.ceil((long) (number * factor) / BYTES_OF_MB);
                return new Value.Int(Math.max(size, 1));
            }
        }
        throw new Unreadable(
                "the resource `"
                        + name
                        + "` is '"
                        + text
                        + "', which is no size (write a number of MB, or one with a unit: \"2"
                        + " GB\")");
    }

    /** Bytes of a unit; 0 for an unknown one. */
    private static double bytes(String unit) {
        if (unit.isEmpty() || unit.equals("b") || unit.equals("byte") || unit.equals("bytes")) {
            return 1;
        }
        int power = "kmgtpezy".indexOf(unit.charAt(0)) + 1;
        if (power == 0) {
            return 0;
        }
        String rest = unit.substring(1);
        return rest.startsWith("i") ? Math.pow(1024, power) : Math.pow(1000, power);
    }

    private static Value minutes(String text) {
        String plain = unquoted(text);
        if (!plain.isEmpty() && plain.chars().allMatch(Character::isDigit)) {
            return new Value.Int(Long.parseLong(plain));
        }
        Matcher matcher = QUANTITY.matcher(plain);
        if (matcher.matches()) {
            @Nullable Double factor = TIMES.get(matcher.group(2).toLowerCase(Locale.ROOT));
            if (factor != null) {
                double seconds = Math.rint(Double.parseDouble(matcher.group(1)) * factor);
                return new Value.Int(Math.max((long) (seconds / 60), 1));
            }
        }
        throw new Unreadable(
                "the resource `runtime` is '"
                        + text
                        + "', which is no time (write a number of minutes, or one with a unit:"
                        + " \"2h\")");
    }

    private static String unquoted(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && "'\"".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "'\"".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end).strip();
    }

    private static Value mebibytes(Value value) {
        return value instanceof Value.Int number
                ? new Value.Int((long) Math.ceil(number.value() * MEBIBYTE))
                : value;
    }

    /** 1500 becomes {@code 1.5 GB}. */
    private static Value human(Value megabytes) {
        if (!(megabytes instanceof Value.Int number)) {
            return megabytes;
        }
        List<String> units = List.of("MB", "GB", "TB", "PB", "EB");
        int unit = 0;
        BigDecimal size = BigDecimal.valueOf(number.value());
        BigDecimal thousand = BigDecimal.valueOf(1000);
        while (size.compareTo(thousand) >= 0 && unit < units.size() - 1) {
            size = size.divide(thousand, MathContext.DECIMAL64);
            unit++;
        }
        BigDecimal rounded = size.setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return new Value.Text(rounded.toPlainString() + " " + units.get(unit));
    }
}
