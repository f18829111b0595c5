package dev.sluice.engine.format;

import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A format string as rules write it: Python's {@code str.format} with lists joined by a space and
 * {@code :q} to quote for the shell. Parsed once, formatted for many jobs. What only Python can do
 * is never guessed at.
 */
public final class PythonFormat {
    private static final String BRACES_HINT =
            "braces that are not meant for a value have to be doubled, as in {{print $1}}";

    private final String text;
    private final @Nullable Template template;
    private final Formatted.@Nullable Failed malformed;

    private PythonFormat(
            String text, @Nullable Template template, Formatted.@Nullable Failed malformed) {
        this.text = text;
        this.template = template;
        this.malformed = malformed;
    }

    /** Never fails; a malformed template says so when it is formatted. */
    public static PythonFormat parse(String text) {
        try {
            return new PythonFormat(text, Template.parse(text), null);
        } catch (Template.Malformed e) {
            String message = String.valueOf(e.getMessage());
            return new PythonFormat(
                    text, null, new Formatted.Failed(message, BRACES_HINT, e.offset()));
        }
    }

    public String text() {
        return text;
    }

    /**
     * The names that it begins its fields with, such as {@code input} or {@code config}; doubles
     * left out.
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (template != null) {
            for (Template.Part part : template.parts()) {
                if (part instanceof Template.Field field && !names.contains(field.name())) {
                    names.add(field.name());
                }
            }
        }
        return names;
    }

    public Formatted format(Scope scope) {
        if (template == null) {
            return malformed == null ? new Formatted.NeedsPython("unread") : malformed;
        }
        StringBuilder formatted = new StringBuilder(text.length() * 2);
        for (Template.Part part : template.parts()) {
            switch (part) {
                case Template.Literal(String literal) -> formatted.append(literal);
                case Template.Field field -> {
                    String value = field(field, scope);
                    if (value == null) {
                        return new Formatted.NeedsPython(
                                "{" + field.name() + "} in a form that is not known here");
                    }
                    formatted.append(value);
                }
            }
        }
        return new Formatted.Text(formatted.toString());
    }

    private static @Nullable String field(Template.Field field, Scope scope) {
        if (field.spec().indexOf('{') >= 0) {
            return null;
        }
        Operand operand = scope.find(field.name());
        for (Template.Step step : field.steps()) {
            if (operand == null) {
                return null;
            }
            operand = Operand.step(operand, step);
        }
        if (operand == null) {
            return null;
        }
        Quoting quoting = Quoting.of(field.spec());
        if (field.conversion() != 0) {
            String converted = convert(operand, field.conversion());
            return converted == null ? null : quoting.element(new Value.Text(converted));
        }
        return switch (operand) {
            case Operand.Wild(var values) -> wildcards(values);
            case Operand.Named(var list) -> join(list.items(), quoting);
            case Operand.Plain(Value value) -> value(value, quoting);
        };
    }

    private static String wildcards(java.util.SequencedMap<String, String> values) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> pairs.add(name + "=" + value));
        return String.join(",", pairs);
    }

    private static @Nullable String value(Value value, Quoting quoting) {
        return switch (value) {
            case Value.ListOf(List<Value> items) -> join(items, quoting);
            case Value.TupleOf(List<Value> items) -> join(items, quoting);
            // The order of a live set is Python's own.
            case Value.SetOf set -> set.items().size() > 1 ? null : join(set.items(), quoting);
            case Value.Nothing nothing -> quoting.element(nothing);
            case Value.Bool bool -> quoting.element(bool);
            case Value.Int number -> quoting.element(number);
            case Value.Real number -> quoting.element(number);
            case Value.Text string -> quoting.element(string);
            case Value.Blob blob -> quoting.element(blob);
            case Value.PathText path -> quoting.element(path);
            case Value.MapOf map -> quoting.element(map);
            case Value.RangeOf range -> quoting.element(range);
            case Value.Scalar scalar -> quoting.element(scalar);
            case Value.Opaque opaque -> quoting.element(opaque);
        };
    }

    private static @Nullable String join(List<Value> items, Quoting quoting) {
        if (items.size() == 1) {
            return quoting.element(items.getFirst());
        }
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            String element = quoting.element(items.get(i));
            if (element == null) {
                return null;
            }
            if (i > 0) {
                joined.append(' ');
            }
            joined.append(element);
        }
        return joined.toString();
    }

    private static @Nullable String convert(Operand operand, char conversion) {
        if (!(operand instanceof Operand.Plain(Value value)) || !Plainness.isPlain(value)) {
            return null;
        }
        return switch (conversion) {
            case 's' -> PythonRepr.str(value);
            case 'r' -> PythonRepr.repr(value);
            default -> null;
        };
    }
}
