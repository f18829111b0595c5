package dev.sluice.engine.evaluate;

import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import java.util.List;
import java.util.SequencedMap;

/** What Python answered to one question of a batch. */
public sealed interface Answer {
    /** Paths of an input function; entries are {@link Item.Path}. */
    record Files(NamedList<Item.Path> files) implements Answer {}

    record Of(Value value) implements Answer {}

    record Formatted(String text) implements Answer {}

    /** How to start a prepared script. */
    record Script(
            List<String> argv,
            SequencedMap<String, String> environment,
            List<String> temporaryFiles)
            implements Answer {}

    /** The function asked for a checkpoint that has not run yet. */
    record NeedsCheckpoint(String rule, SequencedMap<String, String> wildcards, String target)
            implements Answer {}

    /** The function opened a file that is not there; a dry-run prints {@code <TBD>}. */
    record NeedsFile(String path, PythonError error) implements Answer {}

    record Failed(PythonError error) implements Answer {}
}
