package dev.sluice.engine.run;

import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A benchmark's row as Python's {@code json.dumps} writes it with sorted keys; what JSON does not
 * know becomes its {@code str()}.
 */
final class BenchmarkJson {
    private BenchmarkJson() {}

    static String of(SequencedMap<String, Value> row) {
        return object(new TreeMap<>(row));
    }

    private static String object(Map<String, Value> sorted) {
        StringJoiner fields = new StringJoiner(", ", "{", "}");
        sorted.forEach((name, value) -> fields.add(quoted(name) + ": " + json(value)));
        return fields.toString();
    }

    private static String json(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> "null";
            case Value.Bool(boolean on) -> on ? "true" : "false";
            case Value.Int number -> PythonRepr.repr(number);
            case Value.Real(double number) -> real(number);
            case Value.Scalar(String type, Value plain) -> json(plain);
            case Value.ListOf(List<Value> items) -> list(items);
            case Value.TupleOf(List<Value> items) -> list(items);
            case Value.MapOf(List<Value.Entry> entries) -> map(entries);
            case Value.Text other -> quoted(PythonRepr.str(other));
            case Value.Blob other -> quoted(PythonRepr.str(other));
            case Value.PathText other -> quoted(PythonRepr.str(other));
            case Value.SetOf other -> quoted(PythonRepr.str(other));
            case Value.RangeOf other -> quoted(PythonRepr.str(other));
            case Value.Opaque other -> quoted(PythonRepr.str(other));
        };
    }

    private static String real(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return Double.isInfinite(number)
                ? number > 0 ? "Infinity" : "-Infinity"
                : PythonRepr.repr(new Value.Real(number));
    }

    private static String list(List<Value> items) {
        List<String> texts = new ArrayList<>(items.size());
        items.forEach(item -> texts.add(json(item)));
        return "[" + String.join(", ", texts) + "]";
    }

    private static String map(List<Value.Entry> entries) {
        Map<String, Value> sorted = new TreeMap<>();
        entries.forEach(entry -> sorted.put(PythonRepr.str(entry.key()), entry.value()));
        return object(sorted);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
