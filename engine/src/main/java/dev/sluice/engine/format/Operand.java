package dev.sluice.engine.format;

import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SequencedMap;

/** What a field may stand for. A null result of the functions below means: only Python knows. */
sealed interface Operand {
    /** Stands for a value that cannot be known before its files are there. */
    Value TO_BE_DETERMINED = new Value.Text("<TBD>");

    record Plain(Value value) implements Operand {}

    /** {@code input}, {@code params} and the like: a list with names, or a named part of one. */
    record Named(NamedList<Value> list) implements Operand {}

    /** {@code wildcards}, which writes itself in a way of its own. */
    record Wild(SequencedMap<String, String> values) implements Operand {}

    static @Nullable Operand step(Operand operand, Template.Step step) {
        return switch (operand) {
            case Named(NamedList<Value> list) -> ofNamed(list, step);
            case Wild(SequencedMap<String, String> values) -> ofWildcards(values, step);
            case Plain(Value value) -> ofValue(value, step);
        };
    }

    private static @Nullable Operand ofNamed(NamedList<Value> list, Template.Step step) {
        if (step.isIndex() && !step.attribute()) {
            return item(list.items(), step.index());
        }
        // The last of two equal names counts.
        for (NamedList.Name name : list.names().reversed()) {
            if (name.name().equals(step.name())) {
                return name.single()
                        ? item(list.items(), name.start())
                        : new Named(
                                new NamedList<>(
                                        list.items().subList(name.start(), name.end()), List.of()));
            }
        }
        return null;
    }

    private static @Nullable Operand ofWildcards(
            SequencedMap<String, String> values, Template.Step step) {
        if (step.isIndex() && !step.attribute()) {
            List<String> items = List.copyOf(values.values());
            return step.index() < items.size()
                    ? new Plain(new Value.Text(items.get(step.index())))
                    : null;
        }
        String value = values.get(step.name());
        return value == null ? null : new Plain(new Value.Text(value));
    }

    private static @Nullable Operand ofValue(Value value, Template.Step step) {
        if (value.equals(TO_BE_DETERMINED)) {
            // Whatever is asked of it is not known either.
            return new Plain(value);
        }
        if (step.attribute()) {
            return null;
        }
        return switch (value) {
            case Value.ListOf(List<Value> items) ->
                    step.isIndex() ? item(items, step.index()) : null;
            case Value.TupleOf(List<Value> items) ->
                    step.isIndex() ? item(items, step.index()) : null;
            case Value.MapOf(List<Value.Entry> entries) -> entry(entries, step);
            case Value.Text(String text) -> character(text, step);
            case Value.Nothing nothing -> null;
            case Value.Bool bool -> null;
            case Value.Int number -> null;
            case Value.Real number -> null;
            case Value.Blob blob -> null;
            case Value.PathText path -> null;
            case Value.SetOf set -> null;
            case Value.RangeOf range -> null;
            case Value.Scalar scalar -> null;
            case Value.Opaque opaque -> null;
        };
    }

    private static @Nullable Operand item(List<Value> items, int index) {
        return index < items.size() ? new Plain(items.get(index)) : null;
    }

    private static @Nullable Operand entry(List<Value.Entry> entries, Template.Step step) {
        Value key = step.isIndex() ? new Value.Int(step.index()) : new Value.Text(step.name());
        for (Value.Entry entry : entries) {
            if (entry.key().equals(key)) {
                return new Plain(entry.value());
            }
        }
        return null;
    }

    private static @Nullable Operand character(String text, Template.Step step) {
        if (!step.isIndex() || step.index() >= text.codePointCount(0, text.length())) {
            return null;
        }
        int start = text.offsetByCodePoints(0, step.index());
        return new Plain(new Value.Text(Character.toString(text.codePointAt(start))));
    }
}
