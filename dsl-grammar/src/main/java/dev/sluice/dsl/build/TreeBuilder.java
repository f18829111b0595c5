package dev.sluice.dsl.build;

import dev.sluice.dsl.ast.Arguments;
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
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.ast.Statement;
import dev.sluice.dsl.ast.StorageDeclaration;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.IslandToken;
import dev.sluice.dsl.grammar.SnakefileGrammar;
import dev.sluice.dsl.grammar.SnakefileParser.HookContext;
import dev.sluice.dsl.grammar.SnakefileParser.KeywordStatementContext;
import dev.sluice.dsl.grammar.SnakefileParser.ModuleDeclarationContext;
import dev.sluice.dsl.grammar.SnakefileParser.RuleDeclarationContext;
import dev.sluice.dsl.grammar.SnakefileParser.StatementContext;
import dev.sluice.dsl.grammar.SnakefileParser.StorageDeclarationContext;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Builds the tree of a file, statement by statement. */
public final class TreeBuilder {
    private final SourceFile source;
    private final List<Token> tokens;
    private final Problems problems;
    private final BodyBuilder bodies;
    private final UseRuleBuilder useRules;
    private final List<RuleDeclaration> rules = new ArrayList<>();

    private TreeBuilder(SourceFile source, List<Token> tokens, Problems problems) {
        this.source = source;
        this.tokens = tokens;
        this.problems = problems;
        this.bodies = new BodyBuilder(tokens, problems);
        this.useRules = new UseRuleBuilder(source, bodies, problems);
    }

    /** Builds the tree of a parse and checks what its text alone can show. */
    public static Snakefile build(
            SourceFile source, SnakefileGrammar.Result parsed, Problems problems) {
        var builder = new TreeBuilder(source, parsed.laidOut(), problems);
        List<Statement> statements = builder.statements(parsed.tree().statement());
        var span = new Span(0, source.text().length());
        var tree = new Snakefile(statements, builder.rules, span);
        FileChecks.check(source, tree, parsed.laidOut(), problems);
        return tree;
    }

    private List<Statement> statements(List<StatementContext> contexts) {
        List<Statement> built = new ArrayList<>();
        for (StatementContext context : contexts) {
            Statement statement = statement(context);
            if (statement != null) {
                append(built, statement);
            }
        }
        return built;
    }

    /** Neighbouring Python is one island. */
    private static void append(List<Statement> statements, Statement next) {
        if (next instanceof PythonCode code
                && !statements.isEmpty()
                && statements.getLast() instanceof PythonCode before) {
            statements.set(statements.size() - 1, new PythonCode(before.span().to(code.span())));
        } else {
            statements.add(next);
        }
    }

    private @Nullable Statement statement(StatementContext context) {
        if (context.PYTHON() != null) {
            return python(context);
        }
        if (context.ruleDeclaration() != null) {
            return rule(context.ruleDeclaration());
        }
        if (context.keywordStatement() != null) {
            return keyword(context.keywordStatement());
        }
        if (context.moduleDeclaration() != null) {
            return module(context.moduleDeclaration());
        }
        if (context.useRule() != null) {
            return useRules.build(context.useRule());
        }
        if (context.storageDeclaration() != null) {
            return storage(context.storageDeclaration());
        }
        return context.hook() == null ? null : hook(context.hook());
    }

    private Statement python(StatementContext context) {
        Span header = Places.span(context.PYTHON());
        if (context.block() == null) {
            return new PythonCode(header);
        }
        List<Statement> body = statements(context.block().statement());
        if (body.isEmpty()) {
            return new PythonCode(header);
        }
        Span span = header.to(body.getLast().span());
        boolean onlyPython = body.stream().allMatch(PythonCode.class::isInstance);
        return onlyPython ? new PythonCode(span) : new PythonBlock(header, body, span);
    }

    private RuleDeclaration rule(RuleDeclarationContext context) {
        Span keyword = Places.span(context.RULE());
        boolean checkpoint = context.RULE().getText().equals("checkpoint");
        Name name = Places.nameOrNull(context.NAME());
        Span header = headerOf(keyword, context.NAME(), context.COLON());
        // Rules are listed in the order of the text; none can stand in another one's body.
        List<RuleItem> items = bodies.build(context.body());
        var rule =
                new RuleDeclaration(
                        checkpoint,
                        name,
                        items,
                        source.lineOf(keyword.start()),
                        header,
                        reach(header, items));
        rules.add(rule);
        BodyChecks.checkRule(rule, problems);
        return rule;
    }

    private ModuleDeclaration module(ModuleDeclarationContext context) {
        Span keyword = Places.span(context.MODULE());
        Span header = headerOf(keyword, context.NAME(), context.COLON());
        List<RuleItem> items = bodies.build(context.body());
        var module =
                new ModuleDeclaration(
                        Places.nameOrNull(context.NAME()),
                        items,
                        source.lineOf(keyword.start()),
                        header,
                        reach(header, items));
        BodyChecks.checkModule(module, problems);
        return module;
    }

    private Statement keyword(KeywordStatementContext context) {
        Name keyword = Places.name(context.KEYWORD());
        Span header = Places.reach(keyword.span(), context.COLON());
        IslandToken island = BodyBuilder.island(context.VALUE());
        boolean names = keyword.text().equals("localrules") || keyword.text().equals("ruleorder");
        if (names && island != null) {
            return namesStatement(keyword, header, island);
        }
        Arguments arguments = ArgumentsBuilder.build(island, header, tokens, problems);
        return new KeywordStatement(keyword, arguments, header, header.to(arguments.span()));
    }

    private Statement namesStatement(Name keyword, Span header, IslandToken island) {
        NamesBuilder.Names read = NamesBuilder.build(keyword.text(), island, tokens, problems);
        var arguments = new Arguments(List.of(), Places.span(island));
        Span span = header.to(arguments.span());
        return keyword.text().equals("localrules")
                ? new LocalRules(read.names(), arguments, header, span)
                : new RuleOrder(read.names(), read.separators(), arguments, header, span);
    }

    private StorageDeclaration storage(StorageDeclarationContext context) {
        Span keyword = Places.span(context.STORAGE());
        Span header = headerOf(keyword, context.NAME(), context.COLON());
        Arguments arguments =
                ArgumentsBuilder.build(
                        BodyBuilder.island(context.VALUE()), header, tokens, problems);
        return new StorageDeclaration(
                Places.nameOrNull(context.NAME()), arguments, header, header.to(arguments.span()));
    }

    private Hook hook(HookContext context) {
        Name keyword = Places.name(context.HOOK());
        Span header = Places.reach(keyword.span(), context.COLON());
        IslandToken block = BodyBuilder.island(context.BLOCK());
        if (block == null) {
            problems.add(
                    LanguageCode.RUN_WITHOUT_BODY,
                    "`" + keyword.text() + ":` has no Python code",
                    header,
                    "write an indented block below it");
        }
        Span body = block == null ? Span.at(header.end()) : Places.span(block);
        return new Hook(keyword, body, header, header.to(body));
    }

    private static Span headerOf(
            Span keyword, @Nullable TerminalNode name, @Nullable TerminalNode colon) {
        return Places.reach(Places.reach(keyword, name), colon);
    }

    static Span reach(Span header, List<RuleItem> items) {
        return items.isEmpty() ? header : header.to(items.getLast().span());
    }
}
