package dev.sluice.app.cli;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Pairs;
import dev.sluice.engine.config.ConfigTrouble;
import dev.sluice.engine.config.YamlTexts;
import dev.sluice.engine.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads {@code --config KEY=VALUE} as Snakemake 9.25.2 does: an integer, a float, {@code True} or
 * {@code False}, else YAML in which every scalar is a text. Keys have at least two characters
 * there, and so here.
 */
final class ConfigWords {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z_][\\w-]*\\w");
    private static final Pattern INT = Pattern.compile("\\s*[+-]?\\d+(_\\d+)*\\s*");
    private static final Pattern FLOAT =
            Pattern.compile(
                    "\\s*[+-]?((\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+)?|nan|inf(inity)?)\\s*",
                    Pattern.CASE_INSENSITIVE);

    private ConfigWords() {}

    static Value read(List<String> words) {
        var entries = new ArrayList<Value.Entry>();
        Pairs.of("config", "KEY=VALUE", words)
                .forEach(
                        (key, text) -> {
                            if (!KEY.matcher(key).matches()) {
                                throw new UsageError(
                                        "--config expects a name of two or more letters, not `"
                                                + key
                                                + "`");
                            }
                            entries.add(new Value.Entry(new Value.Text(key), value(text)));
                        });
        return new Value.MapOf(entries);
    }

    private static Value value(String text) {
        if (text.isEmpty()) {
            return new Value.Nothing();
        }
        if (INT.matcher(text).matches()) {
            try {
                return new Value.Int(Long.parseLong(text.strip().replace("_", "")));
            } catch (NumberFormatException e) {
                return new Value.Text(text); // beyond 64 bits: kept as written
            }
        }
        if (FLOAT.matcher(text).matches()) {
            return new Value.Real(real(text.strip().replace("_", "")));
        }
        return switch (text) {
            case "True" -> new Value.Bool(true);
            case "False" -> new Value.Bool(false);
            default -> yaml(text);
        };
    }

    private static double real(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        if (plain.endsWith("nan")) {
            return Double.NaN;
        }
        if (plain.contains("inf")) {
            return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(plain);
    }

    private static Value yaml(String text) {
        try {
            return YamlTexts.read(text);
        } catch (ConfigTrouble e) {
            return new Value.Text(text);
        }
    }
}
