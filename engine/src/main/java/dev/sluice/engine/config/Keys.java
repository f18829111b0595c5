package dev.sluice.engine.config;

import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which values are one key to a Python dict. */
final class Keys {
    private Keys() {}

    /**
     * Equal for keys that are one to Python ({@code 1}, {@code 1.0} and {@code True}); null for
     * what cannot be a key.
     */
    static @Nullable Object identity(Value key) {
        return switch (key) {
            case Value.Bool(boolean value) -> value ? 1L : 0L;
            case Value.Int(long value) -> value;
            case Value.Real(double value) -> {
                boolean whole = value == Math.rint(value) && Math.abs(value) < 9e15;
                yield whole ? (Object) (long) value : (Object) value;
            }
            case Value.ListOf list -> null;
            case Value.MapOf map -> null;
            case Value.SetOf set -> set.frozen() ? set : null;
            case Value.TupleOf(List<Value> items) -> tuple(items);
            case Value.Nothing nothing -> nothing;
            case Value.Text text -> text;
            case Value.Blob blob -> blob;
            case Value.PathText path -> path;
            case Value.RangeOf range -> range;
            case Value.Scalar scalar -> identity(scalar.value());
            case Value.Opaque opaque -> opaque;
        };
    }

    private static @Nullable Object tuple(List<Value> items) {
        List<Object> identities = new ArrayList<>();
        for (Value item : items) {
            Object identity = identity(item);
            if (identity == null) {
                return null;
            }
            identities.add(identity);
        }
        return identities;
    }

    static List<Value> sortedByRepr(List<Value> items) {
        return items.stream().sorted(Comparator.comparing(PythonRepr::repr)).toList();
    }
}
