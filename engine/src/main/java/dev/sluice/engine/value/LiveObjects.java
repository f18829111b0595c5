package dev.sluice.engine.value;

import java.util.ArrayList;
import java.util.List;

/** Finds the live objects that a value names, however deep it holds them. */
public final class LiveObjects {
    private final List<Integer> handles = new ArrayList<>();

    private LiveObjects() {}

    /** Their handles, in the order of the values. */
    public static List<Integer> handles(List<Value> values) {
        LiveObjects found = new LiveObjects();
        values.forEach(found::look);
        return found.handles;
    }

    private void look(Value value) {
        switch (value) {
            case Value.Opaque opaque -> {
                if (opaque.handle() >= 0) {
                    handles.add(opaque.handle());
                }
            }
            case Value.ListOf(List<Value> items) -> items.forEach(this::look);
            case Value.TupleOf(List<Value> items) -> items.forEach(this::look);
            case Value.SetOf(List<Value> items, boolean frozen) -> items.forEach(this::look);
            case Value.MapOf(List<Value.Entry> entries) ->
                    entries.forEach(
                            entry -> {
                                look(entry.key());
                                look(entry.value());
                            });
            case Value.Scalar(String type, Value plain) -> look(plain);
            case Value.Nothing plain -> {}
            case Value.Bool plain -> {}
            case Value.Int plain -> {}
            case Value.Real plain -> {}
            case Value.Text plain -> {}
            case Value.Blob plain -> {}
            case Value.PathText plain -> {}
            case Value.RangeOf plain -> {}
        }
    }
}
