package dev.sluice.engine.format;

import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The names that a template of one job may use without asking Python. Used by one thread. */
public final class Scope {
    private final JobArguments job;
    private final SequencedMap<String, Value> globals;
    private final Map<String, Operand> known = new HashMap<>();

    private Scope(JobArguments job, SequencedMap<String, Value> globals) {
        this.job = job;
        this.globals = globals;
    }

    /** The globals have to hold {@code config} as well where templates may use it. */
    public static Scope of(JobArguments job, SequencedMap<String, Value> globals) {
        return new Scope(job, globals);
    }

    /** A rule of a module has globals of its own, which only Python knows. */
    public static Scope of(JobArguments job, RuleBook book, Rule rule) {
        return of(job, rule.place().module() == null ? globals(book) : new LinkedHashMap<>());
    }

    /**
     * The globals of the main Snakefile that are plain values, and {@code config}; to be made once
     * for many jobs.
     */
    public static SequencedMap<String, Value> globals(RuleBook book) {
        SequencedMap<String, Value> globals = new LinkedHashMap<>(book.globals());
        globals.put("config", book.config());
        return globals;
    }

    /** Adds a name, or gives it another value. */
    public Scope with(String name, Value value) {
        known.put(name, new Operand.Plain(value));
        return this;
    }

    @Nullable Operand find(String name) {
        Operand operand = known.get(name);
        if (operand == null) {
            operand = make(name);
            if (operand != null) {
                known.put(name, operand);
            }
        }
        return operand;
    }

    private @Nullable Operand make(String name) {
        return switch (name) {
            case "input" -> texts(job.input());
            case "output" -> texts(job.output());
            case "log" -> texts(job.log());
            case "params" -> job.params() == null ? null : new Operand.Named(job.params());
            case "wildcards" -> new Operand.Wild(job.wildcards());
            case "threads" ->
                    job.threads() == null ? null : new Operand.Plain(new Value.Int(job.threads()));
            case "resources" -> resources(job.resources());
            case "rule" -> new Operand.Plain(new Value.Text(job.rule()));
            case "jobid" -> new Operand.Plain(new Value.Int(job.jobId()));
            default -> {
                Value global = globals.get(name);
                yield global == null ? null : new Operand.Plain(global);
            }
        };
    }

    private static @Nullable Operand texts(@Nullable NamedList<String> list) {
        if (list == null) {
            return null;
        }
        List<Value> items = new ArrayList<>(list.items().size());
        for (String item : list.items()) {
            items.add(new Value.Text(item));
        }
        return new Operand.Named(new NamedList<>(items, list.names()));
    }

    private static @Nullable Operand resources(@Nullable SequencedMap<String, Value> resources) {
        if (resources == null) {
            return null;
        }
        List<Value> items = new ArrayList<>();
        List<NamedList.Name> names = new ArrayList<>();
        resources.forEach(
                (name, value) -> {
                    names.add(new NamedList.Name(name, items.size(), -1));
                    items.add(value);
                });
        return new Operand.Named(new NamedList<>(items, names));
    }
}
