package dev.sluice.engine.rules;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What the command line says of resources, its expressions turned into values or functions.
 *
 * @param defaults {@code --default-resources}, those that always hold included
 * @param setResources {@code --set-resources} by rule
 * @param setThreads {@code --set-threads} by rule
 */
public record ResourceOptions(
        SequencedMap<String, Setting> defaults,
        SequencedMap<String, SequencedMap<String, Setting>> setResources,
        SequencedMap<String, Setting> setThreads) {
    public static final ResourceOptions NONE =
            new ResourceOptions(
                    new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
}
