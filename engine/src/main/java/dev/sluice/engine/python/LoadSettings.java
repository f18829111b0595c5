package dev.sluice.engine.python;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * With what a workflow is loaded. Holds what the Snakefile may see of the command line ({@code
 * workflow.cores}, {@code --config} and so on) under the names of the helper's protocol; never what
 * only the run needs.
 *
 * @param python the interpreter, a name or a path
 * @param pythonDir the folder of our Python packages
 * @param workdir the working folder of the run, absolute
 * @param options by their names in the protocol: cores, nodes, jobs, config_overrides, configfiles,
 *     replace_config, set_threads, set_resources, default_resources, targets, dryrun, forceall,
 *     resources, max_threads, set_scatter, sdm, argv, …
 * @param printed where what the Snakefile prints is appended; null: to our own standard error
 */
public record LoadSettings(
        String python,
        Path pythonDir,
        Path workdir,
        SequencedMap<String, Value> options,
        @Nullable Path printed) {

    /** The version of Snakemake whose language is spoken. */
    public static final String LANGUAGE_VERSION = "9.25.2";

    public LoadSettings {
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }

    /** What the Snakefile prints goes to our own standard error. */
    public LoadSettings(
            String python, Path pythonDir, Path workdir, SequencedMap<String, Value> options) {
        this(python, pythonDir, workdir, options, null);
    }

    /** {@code python3}, our packages where the launcher says they are, and no options. */
    public static LoadSettings in(Path workdir) {
        return new LoadSettings("python3", installedPythonDir(), workdir, new LinkedHashMap<>());
    }

    private static Path installedPythonDir() {
        String dir = System.getProperty("sluice.python.dir");
        if (dir != null) {
            return Path.of(dir);
        }
        String home = System.getProperty("sluice.home");
        if (home != null) {
            return Path.of(home, "python");
        }
        throw new IllegalStateException("neither sluice.home nor sluice.python.dir is set");
    }

    public LoadSettings withPython(String interpreter) {
        return new LoadSettings(interpreter, pythonDir, workdir, options, printed);
    }

    public LoadSettings withPrinted(@Nullable Path file) {
        return new LoadSettings(python, pythonDir, workdir, options, file);
    }

    public LoadSettings with(String name, Value value) {
        SequencedMap<String, Value> more = new LinkedHashMap<>(options);
        more.put(name, value);
        return new LoadSettings(python, pythonDir, workdir, more, printed);
    }

    Value toValue() {
        List<Value.Entry> entries = new ArrayList<>();
        entries.add(entry("version", LANGUAGE_VERSION));
        entries.add(entry("workdir", workdir.toString()));
        options.forEach((name, value) -> entries.add(new Value.Entry(new Value.Text(name), value)));
        return new Value.MapOf(entries);
    }

    private static Value.Entry entry(String name, String text) {
        return new Value.Entry(new Value.Text(name), new Value.Text(text));
    }
}
