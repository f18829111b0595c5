package dev.sluice.app.inspect;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

/**
 * One hint of {@code --lint}.
 *
 * @param snakefile the file it is about
 * @param rule the rule it is about, or null where it is about the file
 * @param line from one
 */
public record Finding(String snakefile, @Nullable Rule rule, int line, Diagnostic diagnostic) {}
