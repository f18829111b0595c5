package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.MissingWildcard;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values that a rule writes down: wildcards in texts, and in texts of lists, are filled in. */
final class Literals {
    private final Map<String, FilePattern> patterns = new HashMap<>();

    /** Puts the value into the params of the job. */
    void fill(JobDraft draft, Value value, int place) {
        try {
            draft.params.set(place, filled(value, draft.job.wildcards()));
        } catch (MissingWildcard missing) {
            fail(draft, missing);
        }
    }

    /** The value as a text, or null where it has none. */
    @Nullable String text(JobDraft draft, Value value) {
        try {
            return plainText(filled(value, draft.job.wildcards()));
        } catch (MissingWildcard missing) {
            fail(draft, missing);
            return null;
        }
    }

    static @Nullable String plainText(Value value) {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.PathText path -> path.value();
            case Value.Int number -> Long.toString(number.value());
            default -> null;
        };
    }

    private static void fail(JobDraft draft, MissingWildcard missing) {
        String name = missing.name();
        draft.fail(
                Problems.ofRule(
                                PlanCode.UNDETERMINED_WILDCARD,
                                draft.job.rule(),
                                "the params of rule `"
                                        + draft.job.rule().name()
                                        + "` have the wildcard `"
                                        + name
                                        + "`, which no output of the rule has",
                                Problems.wildcards(draft.job.wildcards()))
                        .hinted(
                                "braces that shall stay as they are come from a function: lambda"
                                        + " wildcards: \"{"
                                        + name
                                        + "}\""));
    }

    Value filled(Value value, Wildcards wildcards) {
        return switch (value) {
            case Value.Text text -> new Value.Text(filled(text.value(), wildcards));
            case Value.ListOf list -> {
                List<Value> items = new ArrayList<>(list.items().size());
                for (Value item : list.items()) {
                    boolean text = item instanceof Value.Text;
                    items.add(text ? filled(item, wildcards) : item);
                }
                yield new Value.ListOf(items);
            }
            default -> value;
        };
    }

    String filled(String text, Wildcards wildcards) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        return patterns.computeIfAbsent(text, FilePattern::of).apply(wildcards);
    }
}
