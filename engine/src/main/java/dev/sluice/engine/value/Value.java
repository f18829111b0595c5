package dev.sluice.engine.value;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A Python value as data, as the helper reports it. Never refers to a live Python object but for
 * {@link Opaque}, which names one by its handle.
 */
public sealed interface Value {
    /** Python's {@code None}. */
    record Nothing() implements Value {}

    record Bool(boolean value) implements Value {}

    /**
     * An {@code int} that fits 64 bits; larger ones travel as {@link Opaque} of type {@code int}.
     */
    record Int(long value) implements Value {}

    /** A {@code float}, NaN and infinities included. */
    record Real(double value) implements Value {}

    record Text(String value) implements Value {}

    record Blob(List<Byte> value) implements Value {}

    /** A {@code pathlib.Path}. */
    record PathText(String value) implements Value {}

    record ListOf(List<Value> items) implements Value {}

    record TupleOf(List<Value> items) implements Value {}

    /** A {@code set} or {@code frozenset}, items sorted by their Python {@code repr}. */
    record SetOf(List<Value> items, boolean frozen) implements Value {}

    /** A {@code dict} in its own order. */
    record MapOf(List<Entry> entries) implements Value {}

    record Entry(Value key, Value value) {}

    record RangeOf(long start, long stop, long step) implements Value {}

    /** A numpy scalar: its Python value and the name of its type, such as {@code numpy.int64}. */
    record Scalar(String type, Value value) implements Value {}

    /**
     * Anything else. {@code hash} tells two contents apart where the helper can compute it
     * (pandas); {@code handle} names the live object in the helper, -1 where there is none.
     */
    record Opaque(String type, String repr, String str, @Nullable String hash, int handle)
            implements Value {}
}
