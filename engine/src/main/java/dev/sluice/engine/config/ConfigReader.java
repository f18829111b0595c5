package dev.sluice.engine.config;

import dev.sluice.engine.value.Value;

import java.util.List;
import java.util.Optional;

/** Reads config files and schemas as Snakemake does: as JSON, and where that fails as YAML. */
public final class ConfigReader {
    private ConfigReader() {}

    /** Any value that the text holds. */
    public static Value readAny(String text) throws ConfigTrouble {
        Optional<Value> json = JsonReader.read(text);
        Value value = json.isPresent() ? json.get() : YamlReader.read(text);
        return value instanceof Value.MapOf map ? withoutYteMark(map) : value;
    }

    /** A mapping, as a config file has to be one. */
    public static Value.MapOf read(String text) throws ConfigTrouble {
        if (readAny(text) instanceof Value.MapOf map) {
            return map;
        }
        throw new ConfigTrouble("the file has to hold a mapping: keys at the top level", 0, 0);
    }

    /**
     * A file that asks for the template engine YTE needs Python to be expanded; any other mention
     * is dropped.
     */
    private static Value withoutYteMark(Value.MapOf map) throws ConfigTrouble {
        Value.Text mark = new Value.Text("__use_yte__");
        for (Value.Entry entry : map.entries()) {
            if (entry.key().equals(mark) && entry.value().equals(new Value.Bool(true))) {
                throw new ConfigTrouble(
                        "the file asks for YTE templates (__use_yte__), which Sluice does not"
                                + " expand yet",
                        0,
                        0);
            }
        }
        List<Value.Entry> rest = map.entries().stream().filter(e -> !e.key().equals(mark)).toList();
        return rest.size() == map.entries().size() ? map : new Value.MapOf(rest);
    }
}
