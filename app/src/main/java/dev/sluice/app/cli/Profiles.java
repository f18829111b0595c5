package dev.sluice.app.cli;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.dsl.diagnostic.Spelling;
import dev.sluice.engine.config.ConfigReader;
import dev.sluice.engine.config.ConfigTrouble;
import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Options out of profiles: YAML files whose keys are the names of options. What the command line
 * says wins over the workflow's profile, that over {@code --profile}, a later one of these over an
 * earlier one; an option always wins whole. Where profiles are looked for, and how their files are
 * named, is Snakemake 9.25.2's way.
 */
final class Profiles {
    private static final Pattern FILE_NAME =
            Pattern.compile("(?:profile|config)(?:\\.v(\\d+)\\+)?\\.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)})");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|nan|inf");
    private static final int MAJOR = 9;
    private static final Set<String> PAIRS =
            Set.of(
                    "set-threads",
                    "resources",
                    "set-scatter",
                    "batch",
                    "set-resource-scopes",
                    "default-resources",
                    "config",
                    "groups",
                    "group-components",
                    "consider-ancient");

    private final OptionTable table;
    private final Path folder;
    private final Map<String, String> environment;

    Profiles(OptionTable table, Path folder, Map<String, String> environment) {
        this.table = table;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * The arguments with what the profiles add. {@code snakefile} may be null where none was found.
     */
    Arguments apply(Arguments given, @Nullable Path snakefile) {
        Arguments result = given;
        Path workflow = workflowProfile(given, snakefile);
        if (workflow != null) {
            result = result.over(read(fileIn(workflow, workflow.toString())));
        }
        List<String> names = profileNames(given);
        for (String name : names.reversed()) {
            result = result.over(read(find(name)));
        }
        return result;
    }

    private List<String> profileNames(Arguments given) {
        List<String> names = given.all("profile");
        String variable = environment.getOrDefault("SNAKEMAKE_PROFILE", "");
        if (names.isEmpty() && !variable.isEmpty()) {
            names = List.of(variable);
        }
        if (names.contains("none") && names.size() > 1) {
            throw new UsageError("--profile none stands alone");
        }
        return names.equals(List.of("none")) ? List.of() : names;
    }

    private @Nullable Path workflowProfile(Arguments given, @Nullable Path snakefile) {
        String name = given.last("workflow-profile");
        if ("none".equals(name)) {
            return null;
        }
        var places = new ArrayList<Path>();
        Path under = Path.of("profiles").resolve(name == null ? "default" : name);
        if (name != null) {
            places.add(folder.resolve(name));
        }
        places.add(folder.resolve(under));
        Path beside = snakefile == null ? null : snakefile.toAbsolutePath().getParent();
        if (beside != null) {
            places.add(beside.resolve(under));
        }
        for (Path place : places) {
            if (Files.exists(place)) {
                return place;
            }
        }
        if (name != null) {
            throw new UsageError("there is no workflow profile " + name, lookedAt(places));
        }
        return null;
    }

    private Path find(String name) {
        if (name.isEmpty()) {
            throw new UsageError("--profile expects a name");
        }
        var places = new ArrayList<Path>();
        places.add(folder.resolve(name));
        String home = environment.getOrDefault("HOME", "");
        String config = environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config");
        places.add(Path.of(config, "sluice", name));
        places.add(Path.of(config, "snakemake", name));
        places.add(Path.of("/etc/xdg/snakemake", name));
        for (Path place : places) {
            if (Files.isRegularFile(place) || profileFile(place) != null) {
                return fileIn(place, name);
            }
        }
        throw new UsageError("there is no profile " + name, lookedAt(places));
    }

    private static String lookedAt(List<Path> places) {
        return places.stream()
                .map(Path::toString)
                .collect(Collectors.joining(", ", "looked at ", ""));
    }

    private static Path fileIn(Path place, String name) {
        if (Files.isRegularFile(place)) {
            return place;
        }
        Path file = profileFile(place);
        if (file == null) {
            throw new UsageError(
                    "there is neither profile.yaml nor config.yaml in the profile " + name,
                    "looked in " + place);
        }
        return file;
    }

    /** The file for the newest version that is not newer than the language we speak, or null. */
    private static @Nullable Path profileFile(Path place) {
        if (!Files.isDirectory(place)) {
            return null;
        }
        Path best = null;
        int version = -1;
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = FILE_NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    int least = name.group(1) == null ? 0 : Integer.parseInt(name.group(1));
                    if (least > version && least <= MAJOR) {
                        best = file;
                        version = least;
                    }
                }
            }
        } catch (IOException e) {
            throw new UsageError("the profile " + place + " cannot be read: " + e.getMessage());
        }
        return best;
    }

    private Arguments read(Path file) {
        Value content;
        try {
            content = ConfigReader.readAny(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new UsageError("the profile " + file + " cannot be read: it is not UTF-8");
        } catch (IOException | ConfigTrouble e) {
            throw new UsageError("the profile " + file + " cannot be read: " + e.getMessage());
        }
        var values = new LinkedHashMap<String, List<String>>();
        if (content instanceof Value.Nothing) {
            return new Arguments(values, List.of());
        }
        if (!(content instanceof Value.MapOf map)) {
            throw new UsageError("the profile " + file + " is not a mapping of options to values");
        }
        for (Value.Entry entry : map.entries()) {
            Option option = option(file, PythonRepr.str(entry.key()));
            List<String> words = words(file, option, entry.value());
            if (words != null) {
                known(file, option, words);
                values.put(option.key(), words);
            }
        }
        return new Arguments(values, List.of());
    }

    private Option option(Path file, String key) {
        Option option = table.named("--" + key);
        if (option == null) {
            option = table.named("--" + key.replace('_', '-'));
        }
        if (option == null) {
            throw new UsageError(
                    "the profile " + file + " sets `" + key + "`, which is no option",
                    Spelling.nearest("--" + key, table.longNames())
                            .map(near -> "did you mean `" + near.substring(2) + "`?")
                            .orElse("`sluice run --help` lists them"));
        }
        return option;
    }

    /**
     * The words as they would stand on the command line; null where the option is to stay unset.
     */
    private @Nullable List<String> words(Path file, Option option, Value value) {
        return switch (value) {
            case Value.Nothing ignored -> null;
            case Value.Bool(boolean on) when mayStandAlone(option) -> on ? List.of() : null;
            case Value.ListOf(List<Value> items) -> items.stream().map(PythonRepr::str).toList();
            case Value.MapOf(List<Value.Entry> entries) when PAIRS.contains(option.key()) ->
                    pairs("", entries);
            case Value.MapOf(List<Value.Entry> entries) when option.key().equals("set-resources") ->
                    entries.stream().flatMap(entry -> twoLevels(file, entry).stream()).toList();
            case Value.MapOf ignored ->
                    throw new UsageError(
                            "the profile " + file + " gives `" + option.key() + "` a mapping");
            default -> scalar(file, option, PythonRepr.str(value));
        };
    }

    /** A switch, or an option with a fixed set of values that needs none of them. */
    private static boolean mayStandAlone(Option option) {
        return switch (option.arity()) {
            case SWITCH -> true;
            case ANY, OPTIONAL -> !option.choices().isEmpty();
            case ONE, SOME -> false;
        };
    }

    private static void known(Path file, Option option, List<String> words) {
        for (String word : words) {
            if (!option.choices().isEmpty() && !option.choices().contains(word)) {
                throw new UsageError(
                        "the profile "
                                + file
                                + " sets `"
                                + option.key()
                                + "` to `"
                                + word
                                + "`, which it does not know",
                        "it takes: " + String.join(", ", option.choices()));
            }
        }
    }

    private List<String> scalar(Path file, Option option, String text) {
        String expanded = expand(text);
        Path beside = file.resolveSibling(expanded);
        String word = Files.exists(beside) && !expanded.isEmpty() ? beside.toString() : expanded;
        boolean several = option.arity() == Option.Arity.SOME || option.arity() == Option.Arity.ANY;
        return several && !Files.exists(beside)
                ? List.of(word.strip().split("\\s+"))
                : List.of(word);
    }

    private static List<String> twoLevels(Path file, Value.Entry rule) {
        if (rule.value() instanceof Value.MapOf(List<Value.Entry> entries)) {
            return pairs(PythonRepr.str(rule.key()) + ":", entries);
        }
        throw new UsageError(
                "the profile " + file + " has to give `set-resources` a mapping per rule");
    }

    private static List<String> pairs(String before, List<Value.Entry> entries) {
        return entries.stream()
                .map(entry -> before + PythonRepr.str(entry.key()) + "=" + pairValue(entry.value()))
                .toList();
    }

    /**
     * A text that looks like a number keeps its quotes, so that it stays a text when it is read
     * again.
     */
    private static String pairValue(Value value) {
        if (value instanceof Value.Text(String text) && NUMBER.matcher(text).matches()) {
            return PythonRepr.repr(value);
        }
        return PythonRepr.str(value);
    }

    private String expand(String text) {
        String home = environment.getOrDefault("HOME", "~");
        String untilded =
                text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text;
        Matcher matcher = VARIABLE.matcher(untilded);
        return matcher.replaceAll(
                found -> {
                    String name = found.group(1) == null ? found.group(2) : found.group(1);
                    String replacement = environment.get(name);
                    return Matcher.quoteReplacement(
                            replacement == null ? found.group() : replacement);
                });
    }
}
