package dev.sluice.dsl.build;

import dev.sluice.dsl.ast.Directive;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.ast.RuleDeclaration;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.ast.Statement;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.SnakefileLexer;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks what only the file as a whole can show. */
final class FileChecks {
    private static final Pattern OWN_DYNAMIC =
            Pattern.compile("\\b(def|import|as)\\s+dynamic\\b|\\bdynamic\\s*=[^=]");

    private FileChecks() {}

    static void check(SourceFile source, Snakefile tree, List<Token> tokens, Problems problems) {
        duplicateRules(tree, problems);
        nullCharacter(source, problems);
        reservedNames(source, tokens, problems);
        removedFunctions(source, tree, problems);
    }

    /** Only rules that are declared in any case: under {@code if} two may share a name. */
    private static void duplicateRules(Snakefile tree, Problems problems) {
        Map<String, Span> first = new LinkedHashMap<>();
        for (Statement statement : tree.statements()) {
            if (statement instanceof RuleDeclaration rule
                    && rule.name() != null
                    && rule.directive("name").isEmpty()) {
                Name name = rule.name();
                Span before = first.putIfAbsent(name.text(), name.span());
                if (before != null) {
                    problems.add(
                            LanguageCode.DUPLICATE_RULE,
                            "there is a rule `" + name.text() + "` already",
                            name.span(),
                            "the first one",
                            before,
                            null);
                }
            }
        }
    }

    private static void nullCharacter(SourceFile source, Problems problems) {
        int at = source.text().indexOf('\0');
        if (at >= 0) {
            problems.add(
                    LanguageCode.NULL_BYTE,
                    "the file has a null character here",
                    new Span(at, at + 1),
                    null);
        }
    }

    private static void reservedNames(SourceFile source, List<Token> tokens, Problems problems) {
        if (!source.text().contains("_sluice_")) {
            return;
        }
        for (Token token : tokens) {
            if (token.getType() == SnakefileLexer.NAME && token.getText().startsWith("_sluice_")) {
                problems.add(
                        LanguageCode.RESERVED_NAME,
                        "`" + token.getText() + "` is a name of Sluice's own",
                        Places.span(token),
                        null);
            }
        }
    }

    private static void removedFunctions(SourceFile source, Snakefile tree, Problems problems) {
        if (!source.text().contains("dynamic(") || OWN_DYNAMIC.matcher(source.text()).find()) {
            return;
        }
        for (RuleDeclaration rule : tree.rules()) {
            for (String word : List.of("input", "output")) {
                rule.directive(word).ifPresent(directive -> dynamic(source, directive, problems));
            }
        }
    }

    private static void dynamic(SourceFile source, Directive directive, Problems problems) {
        directive.arguments().items().stream()
                .filter(item -> source.text(item.value()).stripLeading().startsWith("dynamic("))
                .forEach(
                        item ->
                                problems.add(
                                        LanguageCode.REMOVED_FUNCTION,
                                        "there is no `dynamic` any more",
                                        item.value(),
                                        "declare the rule as a `checkpoint`, with an output of"
                                                + " `directory(…)`"));
    }
}
