package dev.sluice.dsl;

import dev.sluice.dsl.ast.Argument;
import dev.sluice.dsl.ast.Arguments;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.Docstring;
import dev.sluice.dsl.ast.Hook;
import dev.sluice.dsl.ast.KeywordStatement;
import dev.sluice.dsl.ast.LocalRules;
import dev.sluice.dsl.ast.ModuleDeclaration;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.PythonBlock;
import dev.sluice.dsl.ast.PythonCode;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.RuleItem;
import dev.sluice.dsl.ast.RuleOrder;
import dev.sluice.dsl.ast.RunBlock;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.ast.Statement;
import dev.sluice.dsl.ast.StorageDeclaration;
import dev.sluice.dsl.ast.UseRule;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a tree for people: a node a line with its place, and the text of islands. */
final class TreePrinter {
    private final SourceFile source;
    private final StringBuilder text = new StringBuilder();

    private TreePrinter(SourceFile source) {
        this.source = source;
    }

    static String print(Parsed<Snakefile> parsed) {
        var printer = new TreePrinter(parsed.source());
        printer.statements(parsed.tree().statements(), "");
        return printer.text.toString();
    }

    private void statements(List<Statement> statements, String indent) {
        statements.forEach(statement -> statement(statement, indent));
    }

    private void statement(Statement statement, String indent) {
        switch (statement) {
            case PythonCode code -> line(indent, "python " + quoted(code.span()), code.span());
            case PythonBlock block -> {
                line(indent, "block " + quoted(block.header()), block.span());
                statements(block.body(), indent + "  ");
            }
            case RuleDeclaration rule -> {
                String kind = rule.checkpoint() ? "checkpoint " : "rule ";
                line(indent, kind + name(rule.name()) + " line " + rule.line(), rule.span());
                items(rule.items(), indent + "  ");
            }
            case ModuleDeclaration module -> {
                line(indent, "module " + name(module.name()), module.span());
                items(module.items(), indent + "  ");
            }
            case UseRule use -> {
                line(indent, "use rule " + useHeader(use), use.span());
                items(use.items(), indent + "  ");
            }
            case KeywordStatement keyword -> {
                line(indent, "keyword " + keyword.keyword().text(), keyword.span());
                arguments(keyword.arguments(), indent + "  ");
            }
            case StorageDeclaration storage -> {
                line(indent, "storage " + name(storage.tag()), storage.span());
                arguments(storage.arguments(), indent + "  ");
            }
            case LocalRules local ->
                    line(indent, "localrules " + names(local.rules()), local.span());
            case RuleOrder order -> line(indent, "ruleorder " + names(order.rules()), order.span());
            case Hook hook ->
                    line(
                            indent,
                            "hook " + hook.keyword().text() + " " + quoted(hook.body()),
                            hook.span());
        }
    }

    private static String useHeader(UseRule use) {
        return names(use.rules())
                + " from "
                + name(use.module())
                + " exclude "
                + names(use.exclude())
                + " as "
                + name(use.nameModifier())
                + (use.with() ? " with" : "");
    }

    private void items(List<RuleItem> items, String indent) {
        for (RuleItem item : items) {
            switch (item) {
                case Docstring docstring ->
                        line(indent, "docstring " + quoted(docstring.span()), docstring.span());
                case Directive directive -> {
                    line(indent, directive.name().text(), directive.span());
                    arguments(directive.arguments(), indent + "  ");
                }
                case RunBlock run -> line(indent, "run " + quoted(run.body()), run.span());
            }
        }
    }

    private void arguments(Arguments arguments, String indent) {
        for (Argument argument : arguments.items()) {
            String before =
                    switch (argument.kind()) {
                        case POSITIONAL -> "";
                        case KEYWORD -> name(argument.keyword()) + " = ";
                        case STAR -> "*";
                        case DOUBLE_STAR -> "**";
                    };
            line(indent, before + quoted(argument.value()), argument.span());
        }
    }

    private void line(String indent, String words, Span span) {
        text.append(indent).append(words).append("  @").append(place(span)).append('\n');
    }

    private String place(Span span) {
        return source.positionOf(span.start()) + "-" + source.positionOf(span.end());
    }

    private String quoted(Span span) {
        return "`"
                + source.text(span)
                        .strip()
                        .replace("\\", "\\\\")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\f", "\\f")
                + "`";
    }

    private static String name(@Nullable Name name) {
        return name == null ? "-" : name.text();
    }

    private static String names(List<Name> names) {
        return names.stream().map(Name::text).collect(Collectors.joining(",", "[", "]"));
    }
}
