package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Callable;
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

/** Makes a rule for a test. Files may carry flags in front: {@code temp:x.txt}. */
final class RuleMaker {
    private final String name;
    private final List<Item> input = new ArrayList<>();
    private final List<Item> output = new ArrayList<>();
    private final List<Setting> params = new ArrayList<>();
    private final SequencedMap<String, Setting> resources = new LinkedHashMap<>();
    private final SequencedMap<String, String> constraints = new LinkedHashMap<>();
    private Setting threads = literal(new Value.Int(1));
    private @Nullable Setting group;
    private boolean checkpoint;
    private boolean handover;
    private @Nullable Action action;

    private RuleMaker(String name) {
        this.name = name;
    }

    static RuleMaker rule(String name) {
        return new RuleMaker(name);
    }

    static RuleMaker checkpoint(String name) {
        RuleMaker maker = new RuleMaker(name);
        maker.checkpoint = true;
        return maker;
    }

    static Setting literal(Value value) {
        return new Setting.Literal(value);
    }

    RuleMaker in(String... files) {
        for (String file : files) {
            input.add(item(file, null));
        }
        return this;
    }

    RuleMaker inFrom(String producer, String file) {
        input.add(item(file, producer));
        return this;
    }

    RuleMaker in(Callable function) {
        input.add(new Item.Function(function, Flags.NONE, false));
        return this;
    }

    RuleMaker out(String... files) {
        for (String file : files) {
            output.add(item(file, null));
        }
        return this;
    }

    RuleMaker shell(String command) {
        action = new Action.Shell(command);
        return this;
    }

    RuleMaker run() {
        action = new Action.Run("pass");
        return this;
    }

    RuleMaker param(Setting setting) {
        params.add(setting);
        return this;
    }

    RuleMaker resource(String resource, Setting setting) {
        resources.put(resource, setting);
        return this;
    }

    RuleMaker threads(Setting setting) {
        threads = setting;
        return this;
    }

    RuleMaker handover() {
        handover = true;
        return this;
    }

    RuleMaker group(String id) {
        group = literal(new Value.Text(id));
        return this;
    }

    RuleMaker constrain(String wildcard, String regex) {
        constraints.put(wildcard, regex);
        return this;
    }

    static RuleBook book(RuleMaker... makers) {
        return book(List.of(), makers);
    }

    static RuleBook book(List<List<String>> order, RuleMaker... makers) {
        List<Rule> rules = new ArrayList<>();
        for (RuleMaker maker : makers) {
            rules.add(maker.make(rules.size()));
        }
        return new RuleBook(
                rules,
                order,
                List.of(),
                null,
                new Value.MapOf(List.of()),
                new LinkedHashMap<>(),
                new RuleBook.Shell("", "", null),
                new LinkedHashMap<>(),
                List.of(),
                List.of(),
                List.of(),
                null,
                new LinkedHashMap<>(),
                true);
    }

    private Rule make(int index) {
        Action does = action;
        if (does == null) {
            does = output.isEmpty() ? new Action.None() : new Action.Shell("make " + name);
        }
        return new Rule(
                name,
                index,
                new Rule.Place("Snakefile", index + 1, "."),
                checkpoint,
                null,
                new NamedList<>(input, List.of()),
                new NamedList<>(output, List.of()),
                NamedList.empty(),
                null,
                new NamedList<>(params, List.of()),
                threads,
                resources,
                constraints,
                does,
                new Rule.Options(
                        literal(new Value.Int(0)),
                        -1,
                        group,
                        null,
                        null,
                        false,
                        false,
                        handover,
                        new Value.Bool(false)),
                new Rule.Software(null, null, null, List.of()));
    }

    private static Item item(String text, @Nullable String producer) {
        SequencedMap<String, Value> flags = new LinkedHashMap<>();
        String path = text;
        int colon = path.indexOf(':');
        while (colon > 0) {
            flags.put(path.substring(0, colon), new Value.Bool(true));
            path = path.substring(colon + 1);
            colon = path.indexOf(':');
        }
        return new Item.Path(path, new Flags(flags), producer);
    }
}
