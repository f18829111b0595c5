package dev.sluice.dsl.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.ManyRulesText;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.source.SourceFile;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Work is counted, not timed: characters and tokens looked at, for one file and for one twice as
 * long.
 */
class LinearWorkTest {
    @Test
    void tenThousandRulesCostTwiceTheWorkOfFiveThousand() {
        Work half = work(ManyRulesText.of(5_000));
        Work whole = work(ManyRulesText.of(10_000));
        assertThat(whole.characters).isBetween(half.characters, half.characters * 21 / 10);
        assertThat(whole.tokens).isBetween(half.tokens, half.tokens * 21 / 10);
    }

    @Test
    void theParserLooksAtFewTokensForEachRule() {
        // A rule of eight directives: keyword, name, colon and line end, and four for each
        // directive.
        assertThat(work(ManyRulesText.of(1_000)).tokens / 1_000).isLessThan(400);
    }

    @Test
    void errorsDoNotMakeTheWorkGrowFaster() {
        Work half = work("rule a b:\n    inptu: f(1\n".repeat(1_000));
        Work whole = work("rule a b:\n    inptu: f(1\n".repeat(2_000));
        assertThat(whole.tokens).isLessThan(half.tokens * 21 / 10);
        assertThat(whole.characters).isLessThan(half.characters * 21 / 10);
    }

    private record Work(long characters, long tokens) {}

    private static Work work(String text) {
        var source = new SourceFile("Snakefile", text);
        var problems = new Problems(source);
        var characters = new CountingCharacters(source);
        List<Token> raw = SnakefileGrammar.lex(source, characters, problems);
        List<Token> laidOut = Layout.of(source, raw, problems);
        List<Token> skeleton = Skeleton.of(laidOut, new StrayKeywords(problems));
        var tokens = new CountingTokens(new ListTokenSource(skeleton));
        SnakefileGrammar.parse(tokens, problems);
        return new Work(characters.looks, tokens.looks);
    }

    private static final class CountingCharacters extends SourceCharStream {
        private long looks;

        CountingCharacters(SourceFile source) {
            super(source);
        }

        @Override
        public int LA(int distance) {
            looks++;
            return super.LA(distance);
        }
    }

    private static final class CountingTokens extends CommonTokenStream {
        private long looks;

        CountingTokens(TokenSource source) {
            super(source);
        }

        @Override
        public Token LT(int distance) {
            looks++;
            return super.LT(distance);
        }
    }
}
