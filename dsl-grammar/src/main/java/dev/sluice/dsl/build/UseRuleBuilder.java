package dev.sluice.dsl.build;

import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.RuleItem;
import dev.sluice.dsl.ast.UseRule;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.SnakefileParser;
import dev.sluice.dsl.grammar.SnakefileParser.UseRuleContext;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/** Builds {@code use rule} statements. */
final class UseRuleBuilder {
    private final SourceFile source;
    private final BodyBuilder bodies;
    private final Problems problems;

    UseRuleBuilder(SourceFile source, BodyBuilder bodies, Problems problems) {
        this.source = source;
        this.bodies = bodies;
        this.problems = problems;
    }

    UseRule build(UseRuleContext context) {
        Span keyword = Places.span(context.USE());
        Span header = keyword.to(lastBeforeBody(context, keyword));
        List<RuleItem> items = bodies.build(context.body());
        var use =
                new UseRule(
                        names(context.names),
                        context.module == null ? null : name(context.module),
                        names(context.excluded),
                        pattern(context.pattern),
                        context.WITH() != null,
                        items,
                        source.lineOf(keyword.start()),
                        header,
                        TreeBuilder.reach(header, items));
        if (context.exception == null) {
            check(use, context);
        }
        BodyChecks.checkUseRule(use, problems);
        return use;
    }

    private void check(UseRule use, UseRuleContext context) {
        boolean all = use.rules().stream().anyMatch(name -> name.text().equals("*"));
        if (all && use.with()) {
            problems.add(
                    LanguageCode.WITH_FOR_ALL_RULES,
                    "`with:` cannot change all rules at once",
                    Places.span(context.WITH()),
                    "name the rules instead of `*`");
        }
        boolean incomplete = use.module() == null && (all || use.nameModifier() == null);
        if (incomplete) {
            Name last = use.rules().getLast();
            problems.add(
                    LanguageCode.UNEXPECTED_TOKEN,
                    "expected `from` or `as` behind `" + last.text() + "`",
                    last.span(),
                    "write `use rule a from m`, or `use rule a as b with:`");
        }
    }

    /** The last token of the header; the end of the line is not one. */
    private static Span lastBeforeBody(UseRuleContext context, Span keyword) {
        Span last = keyword;
        for (ParseTree child : context.children) {
            if (child instanceof TerminalNode node
                    && isWritten(node)
                    && node.getSymbol().getType() != SnakefileParser.NEWLINE) {
                last = last.to(Places.span(node));
            }
        }
        return last;
    }

    private static boolean isWritten(TerminalNode node) {
        return node.getSymbol().getTokenIndex() >= 0 && !(node instanceof ErrorNode);
    }

    private static List<Name> names(List<Token> tokens) {
        return tokens.stream().map(UseRuleBuilder::name).toList();
    }

    private static Name name(Token token) {
        return new Name(token.getText(), Places.span(token));
    }

    private static @Nullable Name pattern(List<Token> parts) {
        if (parts.isEmpty()) {
            return null;
        }
        String text = parts.stream().map(Token::getText).collect(Collectors.joining());
        return new Name(text, Places.span(parts.getFirst()).to(Places.span(parts.getLast())));
    }
}
