package dev.sluice.engine.config;

import dev.sluice.engine.value.Value;

import java.util.List;
import java.util.Optional;

/** Reads config files and schemas as Snakemake does: as JSON, and where that fails as YAML. */
public final class ConfigReader {
    private static final Value MARK = new Value.Text("__use_yte__");
    private static final Value.Entry WANTS_TEMPLATES = new Value.Entry(MARK, new Value.Bool(true));

    private ConfigReader() {}

    /** Any value that the text holds. */
    public static Value readAny(String text) throws ConfigTrouble {
        Optional<Value> json = JsonReader.read(text);
        Value value = json.isPresent() ? json.get() : YamlReader.read(text);
        return value instanceof Value.MapOf map ? withoutIdleMark(map) : value;
    }

    /** A mapping, as a config file has to be one. */
    public static Value.MapOf read(String text) throws ConfigTrouble {
        if (readAny(text) instanceof Value.MapOf map) {
            return map;
        }
        throw new ConfigTrouble("the file has to hold a mapping: keys at the top level", 0, 0);
    }

    /**
     * As with YTE, a mark that asks for nothing is no part of the config. One that asks stays: the
     * expressions are Python, so the helper expands them.
     */
    private static Value withoutIdleMark(Value.MapOf map) {
        List<Value.Entry> rest =
                map.entries().stream()
                        .filter(e -> !e.key().equals(MARK) || e.equals(WANTS_TEMPLATES))
                        .toList();
        return rest.size() == map.entries().size() ? map : new Value.MapOf(rest);
    }
}
