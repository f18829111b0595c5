package dev.sluice.engine.python;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.LocalRules;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.PythonBlock;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.RuleOrder;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.ast.Statement;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;
import dev.sluice.engine.rules.Places;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** Finds in the trees of the Snakefiles where something was written. */
final class SnakefilePlaces implements Places {
    private final Sources sources;

    SnakefilePlaces(Sources sources) {
        this.sources = sources;
    }

    @Override
    public Location of(Rule rule, String directive, String text) {
        Rule.Place place = rule.place();
        Optional<Parsed<Snakefile>> parsed = sources.find(place.snakefile());
        Optional<RuleDeclaration> declared = parsed.flatMap(p -> p.tree().ruleAt(place.line()));
        if (declared.isEmpty()) {
            return sources.locate(place.snakefile(), place.line(), -1, -1);
        }
        SourceFile source = parsed.get().source();
        Span span =
                declared.get()
                        .directive(directive)
                        .map(found -> within(source, found, text))
                        .orElse(declared.get().header());
        return new Location.InText(source, span);
    }

    /** The text itself where it stands there as such, else the whole value. */
    private static Span within(SourceFile source, Directive directive, String text) {
        Span value = directive.arguments().span();
        int at = text.isEmpty() ? -1 : source.text(value).indexOf(text);
        if (at >= 0) {
            return new Span(value.start() + at, value.start() + at + text.length());
        }
        boolean oneLine = source.lineOf(value.start()) == source.lineOf(value.end());
        return oneLine && !value.isEmpty() ? value : directive.header();
    }

    @Override
    public Location ofName(String keyword, String name) {
        for (Parsed<Snakefile> parsed : sources.all()) {
            Span span = find(parsed.tree().statements(), keyword, name);
            if (span != null) {
                return new Location.InText(parsed.source(), span);
            }
        }
        return new Location.Nowhere();
    }

    private static @Nullable Span find(List<Statement> statements, String keyword, String name) {
        for (Statement statement : statements) {
            Span span =
                    switch (statement) {
                        case RuleOrder order when keyword.equals("ruleorder") ->
                                named(order.rules(), name);
                        case LocalRules local when keyword.equals("localrules") ->
                                named(local.rules(), name);
                        case PythonBlock block -> find(block.body(), keyword, name);
                        default -> null;
                    };
            if (span != null) {
                return span;
            }
        }
        return null;
    }

    private static @Nullable Span named(List<Name> names, String name) {
        return names.stream()
                .filter(each -> each.text().equals(name))
                .map(Name::span)
                .findFirst()
                .orElse(null);
    }
}
