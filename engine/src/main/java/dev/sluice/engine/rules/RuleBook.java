package dev.sluice.engine.rules;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SequencedMap;

/** All that a loaded workflow declares. In the order of declaration; never changes during a run. */
public record RuleBook(
        List<Rule> rules,
        List<List<String>> ruleOrder,
        List<String> localRules,
        @Nullable String defaultTarget,
        Value config,
        SequencedMap<String, Value> globals,
        Shell shell,
        SequencedMap<String, @Nullable String> environment,
        List<String> envvars,
        List<String> hooks,
        List<String> snakefiles,
        @Nullable String workdir,
        SequencedMap<String, String> resourceScopes,
        boolean forkSafe) {

    /**
     * How {@code shell:} commands are wrapped: {@code shell.prefix()}, {@code shell.suffix()},
     * {@code shell.executable()}.
     */
    public record Shell(String prefix, String suffix, @Nullable String executable) {}
}
