package dev.sluice.dsl.build;

import static dev.sluice.dsl.grammar.SnakefileLexer.COMMA;
import static dev.sluice.dsl.grammar.SnakefileLexer.DEDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.GREATER;
import static dev.sluice.dsl.grammar.SnakefileLexer.INDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.NAME;
import static dev.sluice.dsl.grammar.SnakefileLexer.NEWLINE;

import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.IslandToken;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;

import java.util.ArrayList;
import java.util.List;

/** Reads the names of {@code localrules: a, b} and {@code ruleorder: a > b}. */
final class NamesBuilder {
    private final List<Name> names = new ArrayList<>();
    private final List<Span> separators = new ArrayList<>();

    private NamesBuilder() {}

    /** Names and what stands between them; after an error, those before it. */
    record Names(List<Name> names, List<Span> separators) {}

    static Names build(String keyword, IslandToken island, List<Token> tokens, Problems problems) {
        var builder = new NamesBuilder();
        boolean order = keyword.equals("ruleorder");
        for (int i = island.from(); i < island.to(); i++) {
            Token token = tokens.get(i);
            if (!builder.take(token, order ? GREATER : COMMA)) {
                problems.add(
                        LanguageCode.EXPECTED_RULE_NAMES,
                        "`" + Operands.shortText(token) + "` does not fit into `" + keyword + "`",
                        Places.span(token),
                        order ? "write `ruleorder: a > b`" : "write `localrules: a, b`");
                break;
            }
        }
        return new Names(builder.names, builder.separators);
    }

    private boolean take(Token token, int separator) {
        int type = token.getType();
        boolean nameDue = names.size() == separators.size();
        if (type == NEWLINE || type == INDENT || type == DEDENT) {
            return true;
        }
        if (type == NAME && nameDue) {
            return names.add(new Name(token.getText(), Places.span(token)));
        }
        return type == separator && !nameDue && separators.add(Places.span(token));
    }
}
