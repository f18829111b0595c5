package dev.sluice.engine.rules;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The flags of a file, such as {@code temp} or {@code directory}, with their values. Shared freely;
 * never changes.
 */
public record Flags(SequencedMap<String, Value> values) {
    /** No flag at all. */
    public static final Flags NONE = new Flags(new LinkedHashMap<>());

    public static final String TEMP = "temp";
    public static final String PROTECTED = "protected";
    public static final String DIRECTORY = "directory";
    public static final String TOUCH = "touch";
    public static final String ANCIENT = "ancient";
    public static final String PIPE = "pipe";
    public static final String SERVICE = "service";
    public static final String ENSURE = "ensure";
    public static final String UPDATE = "update";
    public static final String BEFORE_UPDATE = "before_update";

    public Flags {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** Whether the flag is set, to anything but false. */
    public boolean has(String name) {
        Value value = values.get(name);
        return value != null && !value.equals(new Value.Bool(false));
    }

    public @Nullable Value get(String name) {
        return values.get(name);
    }
}
