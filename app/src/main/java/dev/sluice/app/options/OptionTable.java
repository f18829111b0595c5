package dev.sluice.app.options;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The options of one command, by all their names.
 *
 * @see ArgumentParser
 */
public final class OptionTable {
    private final String command;
    private final List<Option> options;
    private final SequencedMap<String, Option> byName = new LinkedHashMap<>();

    /**
     * @param command as the user types it, without {@code sluice}
     */
    public OptionTable(String command, List<Option> options) {
        this.command = command;
        this.options = List.copyOf(options);
        for (Option option : options) {
            for (String name : option.names()) {
                byName.put(name, option);
            }
        }
    }

    public String command() {
        return command;
    }

    public List<Option> all() {
        return options;
    }

    /** The option called exactly {@code name}, dashes included, or null. */
    public @Nullable Option named(String name) {
        return byName.get(name);
    }

    /**
     * The options whose long name begins with {@code prefix}, each once: argparse allows unique
     * abbreviations.
     */
    public List<Option> startingWith(String prefix) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(java.util.Map.Entry::getValue)
                .distinct()
                .toList();
    }

    public List<String> longNames() {
        return byName.keySet().stream().filter(name -> name.startsWith("--")).toList();
    }
}
