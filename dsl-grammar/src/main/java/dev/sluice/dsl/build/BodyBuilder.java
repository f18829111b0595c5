package dev.sluice.dsl.build;

import dev.sluice.dsl.ast.Arguments;
import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.Docstring;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.RuleItem;
import dev.sluice.dsl.ast.RunBlock;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.IslandToken;
import dev.sluice.dsl.grammar.SnakefileParser.BodyContext;
import dev.sluice.dsl.grammar.SnakefileParser.ItemContext;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Builds the items of a rule's or a module's body. */
final class BodyBuilder {
    private final List<Token> tokens;
    private final Problems problems;

    BodyBuilder(List<Token> tokens, Problems problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    List<RuleItem> build(@Nullable BodyContext body) {
        if (body == null) {
            return List.of();
        }
        List<RuleItem> items = new ArrayList<>();
        for (ItemContext item : body.item()) {
            RuleItem built = item(item);
            if (built != null) {
                items.add(built);
            }
        }
        // The first child of a body on lines of its own is the end of the header's line.
        boolean onHeaderLine = body.getChild(0) instanceof ItemContext;
        if (onHeaderLine && !items.isEmpty() && items.getFirst() instanceof RunBlock run) {
            problems.add(
                    LanguageCode.RUN_ON_RULE_LINE,
                    "`run:` cannot stand on the line of its rule",
                    run.header(),
                    "begin an indented line with it");
        }
        return items;
    }

    private @Nullable RuleItem item(ItemContext item) {
        if (item.DOCSTRING() != null) {
            return new Docstring(Places.span(item.DOCSTRING()));
        }
        if (item.DIRECTIVE() != null) {
            return directive(item);
        }
        if (item.RUN() != null) {
            return run(item);
        }
        if (item.STRAY() != null) {
            stray(item.STRAY());
        }
        return null;
    }

    private Directive directive(ItemContext item) {
        Name name = Places.name(item.DIRECTIVE());
        Span header = Places.reach(name.span(), item.COLON());
        Arguments arguments =
                ArgumentsBuilder.build(island(item.VALUE()), header, tokens, problems);
        return new Directive(name, arguments, header, header.to(arguments.span()));
    }

    private RunBlock run(ItemContext item) {
        Name name = Places.name(item.RUN());
        Span header = Places.reach(name.span(), item.COLON());
        IslandToken block = island(item.BLOCK());
        if (block == null) {
            problems.add(
                    LanguageCode.RUN_WITHOUT_BODY,
                    "`run:` has no Python code",
                    header,
                    "write an indented block below it");
        }
        Span body = block == null ? Span.at(header.end()) : Places.span(block);
        return new RunBlock(name, header, body, header.to(body));
    }

    private void stray(TerminalNode node) {
        Token first = tokens.get(((IslandToken) node.getSymbol()).from());
        String word = Operands.shortText(first);
        boolean statement = word.equals("rule") || word.equals("checkpoint");
        problems.add(
                LanguageCode.PYTHON_IN_BODY,
                statement
                        ? "a `" + word + "` cannot stand in the body of another statement"
                        : "expected a directive or a docstring, found `" + word + "`",
                Places.span(first),
                statement
                        ? "indent it as the statement above"
                        : "in a body stands `NAME: VALUE` only; put Python around it");
    }

    static @Nullable IslandToken island(@Nullable TerminalNode node) {
        return node != null && node.getSymbol() instanceof IslandToken token ? token : null;
    }
}
