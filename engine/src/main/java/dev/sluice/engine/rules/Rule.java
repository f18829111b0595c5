package dev.sluice.engine.rules;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SequencedMap;

/**
 * A rule as the Snakefile declares it, prefixes of modules, flags and constraints resolved. Says
 * what was declared, never what a job of it looks like.
 *
 * @param index its place in the order of declaration
 * @param constraints wildcard constraints by name, the rule's over the global ones
 */
public record Rule(
        String name,
        int index,
        Place place,
        boolean checkpoint,
        @Nullable String docstring,
        NamedList<Item> input,
        NamedList<Item> output,
        NamedList<Item> log,
        @Nullable Item benchmark,
        NamedList<Setting> params,
        Setting threads,
        SequencedMap<String, Setting> resources,
        SequencedMap<String, String> constraints,
        Action action,
        Options options,
        Software software) {

    /**
     * Where it stands: the Snakefile's absolute path, the 1-based line of the keyword, the folder
     * relative names start from.
     *
     * @param module the module whose names the rule sees instead of the main Snakefile's, or null
     */
    public record Place(String snakefile, int line, String baseDir, @Nullable String module) {
        public Place(String snakefile, int line, String baseDir) {
            this(snakefile, line, baseDir, null);
        }
    }

    /**
     * @param retries -1 where the rule says nothing
     * @param shadow minimal, shallow, full or copy-minimal
     */
    public record Options(
            Setting priority,
            int retries,
            @Nullable Setting group,
            @Nullable String shadow,
            @Nullable String message,
            boolean localRule,
            boolean defaultTarget,
            boolean handover,
            Value cache) {}

    /**
     * The software environment that the rule asks for; all null or empty where it asks for none.
     */
    public record Software(
            @Nullable Setting conda,
            @Nullable Setting container,
            @Nullable String containerized,
            List<String> envModules) {}
}
