package dev.sluice.engine.config;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Fills in the defaults of a schema's properties, from the outside inwards: a mapping that is
 * itself a default gets the defaults of what is in it. Follows the keywords under which a validator
 * would meet the same data.
 */
final class Defaults {
    /** Reads a schema that another one refers to. */
    interface Schemas {
        Value read(String path) throws SchemaCheck.BadSchema;
    }

    private static final int DEEPEST = 200;

    private final Schemas schemas;
    private final String root;

    Defaults(Schemas schemas, String root) {
        this.schemas = schemas;
        this.root = root;
    }

    Value fill(Value data, Value schema) throws SchemaCheck.BadSchema {
        return fill(data, schema, root, 0);
    }

    private Value fill(Value data, Value schema, String file, int depth)
            throws SchemaCheck.BadSchema {
        if (depth > DEEPEST || !(schema instanceof Value.MapOf)) {
            return data;
        }
        Value filled = data;
        if (get(schema, "$ref") instanceof Value.Text(String reference)) {
            filled = referred(filled, reference, file, depth);
        }
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            if (get(schema, keyword) instanceof Value.ListOf(List<Value> parts)) {
                for (Value part : parts) {
                    filled = fill(filled, part, file, depth + 1);
                }
            }
        }
        if (filled instanceof Value.MapOf map) {
            filled = properties(map, schema, file, depth);
        } else if (filled instanceof Value.ListOf(List<Value> items)) {
            Value itemSchema = get(schema, "items");
            if (itemSchema != null) {
                List<Value> filledItems = new ArrayList<>();
                for (Value item : items) {
                    filledItems.add(fill(item, itemSchema, file, depth + 1));
                }
                filled = new Value.ListOf(filledItems);
            }
        }
        return filled;
    }

    private Value properties(Value.MapOf data, Value schema, String file, int depth)
            throws SchemaCheck.BadSchema {
        SequencedMap<Value, Value> filled = new LinkedHashMap<>();
        data.entries().forEach(entry -> filled.put(entry.key(), entry.value()));
        if (get(schema, "properties") instanceof Value.MapOf(List<Value.Entry> properties)) {
            for (Value.Entry property : properties) {
                Value ifAbsent = get(property.value(), "default");
                if (ifAbsent != null) {
                    filled.putIfAbsent(property.key(), ifAbsent);
                }
            }
            for (Value.Entry property : properties) {
                Value value = filled.get(property.key());
                if (value != null) {
                    filled.put(property.key(), fill(value, property.value(), file, depth + 1));
                }
            }
        }
        others(filled, schema, file, depth);
        List<Value.Entry> entries = new ArrayList<>();
        filled.forEach((key, value) -> entries.add(new Value.Entry(key, value)));
        return new Value.MapOf(entries);
    }

    /**
     * {@code patternProperties}, and {@code additionalProperties} for what no other keyword names.
     */
    private void others(SequencedMap<Value, Value> data, Value schema, String file, int depth)
            throws SchemaCheck.BadSchema {
        Value named = get(schema, "properties");
        Value patterns = get(schema, "patternProperties");
        Value additional = get(schema, "additionalProperties");
        for (var entry : data.entrySet()) {
            if (!(entry.getKey() instanceof Value.Text(String name))) {
                continue;
            }
            boolean matched = get(named, name) != null;
            if (patterns instanceof Value.MapOf(List<Value.Entry> each)) {
                for (Value.Entry pattern : each) {
                    if (pattern.key() instanceof Value.Text(String regex)
                            && SchemaPattern.finds(regex, name)) {
                        entry.setValue(fill(entry.getValue(), pattern.value(), file, depth + 1));
                        matched = true;
                    }
                }
            }
            if (!matched && additional != null) {
                entry.setValue(fill(entry.getValue(), additional, file, depth + 1));
            }
        }
    }

    private Value referred(Value data, String reference, String file, int depth)
            throws SchemaCheck.BadSchema {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        String fragment = hash < 0 ? "" : reference.substring(hash + 1);
        if (path.contains("://")) {
            return data;
        }
        String target =
                path.isEmpty() ? file : Path.of(file).resolveSibling(path).normalize().toString();
        Value schema = at(schemas.read(target), fragment);
        return schema == null ? data : fill(data, schema, target, depth + 1);
    }

    private static @Nullable Value at(Value schema, String pointer) {
        Value found = schema;
        for (String step : pointer.split("/", -1)) {
            if (!step.isEmpty()) {
                found = get(found, step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return found;
    }

    private static @Nullable Value get(@Nullable Value map, String key) {
        if (map instanceof Value.MapOf(List<Value.Entry> entries)) {
            for (Value.Entry entry : entries.reversed()) {
                if (entry.key() instanceof Value.Text(String name) && name.equals(key)) {
                    return entry.value();
                }
            }
        }
        return null;
    }
}
