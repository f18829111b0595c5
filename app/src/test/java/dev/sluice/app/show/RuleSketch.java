package dev.sluice.app.show;

import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A rule for a test, put together without a Snakefile. */
public final class RuleSketch {
    private final String name;
    private final List<Item> input = new ArrayList<>();
    private final List<Item> output = new ArrayList<>();
    private final List<Item> log = new ArrayList<>();
    private final List<NamedList.Name> paramNames = new ArrayList<>();
    private final List<Setting> params = new ArrayList<>();
    private Action action = new Action.None();
    private @Nullable String docstring;
    private String snakefile = "Snakefile";
    private int line = 1;
    private Rule.Software software = new Rule.Software(null, null, null, List.of());

    private RuleSketch(String name) {
        this.name = name;
    }

    public static RuleSketch rule(String name) {
        return new RuleSketch(name);
    }

    public RuleSketch input(String... paths) {
        for (String path : paths) {
            input.add(new Item.Path(path, Flags.NONE, null));
        }
        return this;
    }

    /** Paths with these flags, such as {@code temp}. */
    public RuleSketch output(List<String> flags, String... paths) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        flags.forEach(flag -> values.put(flag, new Value.Bool(true)));
        for (String path : paths) {
            output.add(new Item.Path(path, new Flags(values), null));
        }
        return this;
    }

    public RuleSketch output(String... paths) {
        return output(List.of(), paths);
    }

    public RuleSketch log(String... paths) {
        for (String path : paths) {
            log.add(new Item.Path(path, Flags.NONE, null));
        }
        return this;
    }

    public RuleSketch param(String paramName, Value value) {
        paramNames.add(new NamedList.Name(paramName, params.size(), -1));
        params.add(new Setting.Literal(value));
        return this;
    }

    public RuleSketch shell(String command) {
        action = new Action.Shell(command);
        return this;
    }

    public RuleSketch action(Action other) {
        action = other;
        return this;
    }

    public RuleSketch docstring(String text) {
        docstring = text;
        return this;
    }

    public RuleSketch at(String file, int lineOfKeyword) {
        snakefile = file;
        line = lineOfKeyword;
        return this;
    }

    public RuleSketch software(Rule.Software other) {
        software = other;
        return this;
    }

    /** A book of these rules in this order; the first is the default target. */
    public static RuleBook book(RuleSketch... sketches) {
        List<Rule> rules = new ArrayList<>();
        for (RuleSketch sketch : sketches) {
            rules.add(sketch.build(rules.size()));
        }
        return book(rules, List.of(), List.of());
    }

    public static RuleBook book(List<Rule> rules, List<String> envvars, List<String> snakefiles) {
        return new RuleBook(
                rules,
                List.of(),
                List.of(),
                rules.isEmpty() ? null : rules.getFirst().name(),
                new Value.MapOf(List.of()),
                new LinkedHashMap<>(),
                new RuleBook.Shell("", "", null),
                new LinkedHashMap<>(),
                envvars,
                List.of(),
                snakefiles,
                null,
                new LinkedHashMap<>(),
                true);
    }

    public Rule build(int index) {
        return new Rule(
                name,
                index,
                new Rule.Place(snakefile, line, "."),
                false,
                docstring,
                new NamedList<>(input, List.of()),
                new NamedList<>(output, List.of()),
                new NamedList<>(log, List.of()),
                null,
                new NamedList<>(params, paramNames),
                new Setting.Literal(new Value.Int(1)),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                action,
                options(),
                software);
    }

    private static Rule.Options options() {
        return new Rule.Options(
                new Setting.Literal(new Value.Int(0)),
                -1,
                null,
                null,
                null,
                false,
                false,
                false,
                new Value.Bool(false));
    }
}
