package dev.sluice.dsl.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.source.SourceFile;

import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

class LayoutTest {
    private final List<Diagnostic> said = new ArrayList<>();

    @Test
    void endsEachLogicalLineOnce() {
        assertThat(layout("a\n\n  # comment\nb\n")).isEqualTo("a ; b ;");
    }

    @Test
    void addsTheLineEndThatTheTextLacks() {
        assertThat(layout("a\n  b")).isEqualTo("a ; { b ; }");
    }

    @Test
    void marksWhereBlocksBeginAndEnd() {
        assertThat(layout("a\n  b\n    c\nd\n")).isEqualTo("a ; { b ; { c ; } } d ;");
    }

    @Test
    void ignoresTheIndentationOfCommentsAndBlankLines() {
        assertThat(layout("a\n  b\n# c\n      # d\n\n  e\n")).isEqualTo("a ; { b ; e ; }");
    }

    @Test
    void joinsLinesWithinBrackets() {
        assertThat(layout("f(\n a,\n[b,\nc]\n)\nd\n")).isEqualTo("f ( a , [ b , c ] ) ; d ;");
    }

    @Test
    void joinsLinesBehindABackslash() {
        assertThat(layout("a \\\n    b\\\r\nc\nd")).isEqualTo("a b c ; d ;");
    }

    @Test
    void keepsLineBreaksOfStringsWithinTheString() {
        assertThat(layout("a '''\nx\n''' b\nc")).isEqualTo("a '''\nx\n''' b ; c ;");
    }

    @Test
    void countsATabUpToTheNextMultipleOfEight() {
        assertThat(layout("a\n\tb\n        c\n")).isEqualTo("a ; { b ; c ; }");
    }

    @Test
    void startsTheColumnAgainAtAFormFeed() {
        assertThat(layout("a\n  \fb\nc\n")).isEqualTo("a ; b ; c ;");
    }

    @Test
    void keepsALineBetweenTwoLevelsInTheInnerBlock() {
        assertThat(layout("a\n    b\n  c\nd\n")).isEqualTo("a ; { b ; c ; } d ;");
        assertThat(codes()).containsExactly("inconsistent-dedent");
    }

    @Test
    void givesUpAnOpenBracketAtTheNextRule() {
        assertThat(layout("x = f(1,\n\nrule a:\n")).isEqualTo("x = f ( 1 , ; rule a : ;");
        assertThat(codes()).containsExactly("unclosed-bracket");
    }

    @Test
    void givesUpAnOpenBracketAtTheNextDirective() {
        assertThat(layout("r\n  input: f(1\n  output: 2\n"))
                .isEqualTo("r ; { input : f ( 1 ; output : 2 ; }");
        assertThat(codes()).containsExactly("unclosed-bracket");
    }

    @Test
    void takesAKeyOfADictionaryForNoDirective() {
        assertThat(layout("x = {\ninput: 1,\nrule: 2}\n"))
                .isEqualTo("x = { input : 1 , rule : 2 } ;");
        assertThat(codes()).isEmpty();
    }

    @Test
    void takesALambdaParameterForNoDirective() {
        assertThat(layout("x = f(lambda a,\ninput: 1)\n"))
                .isEqualTo("x = f ( lambda a , input : 1 ) ;");
        assertThat(codes()).isEmpty();
    }

    @Test
    void endsOpenBracketsAndBlocksWithTheText() {
        assertThat(layout("a\n  b(")).isEqualTo("a ; { b ( ; }");
        assertThat(codes()).containsExactly("unclosed-bracket");
    }

    @Test
    void stopsCountingBlocksWherePythonDoes() {
        var text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append(" ".repeat(i)).append("x\n");
        }
        long blocks = layout(text.toString()).chars().filter(c -> c == '{').count();
        assertThat(blocks).isEqualTo(99);
        assertThat(codes()).contains("too-deep");
    }

    private String layout(String text) {
        var source = new SourceFile("test", text);
        var problems = new Problems(source);
        List<Token> tokens = Layout.of(source, SnakefileGrammar.lex(source, problems), problems);
        said.addAll(problems.inOrder());
        return tokens.stream()
                .filter(token -> token.getType() != Token.EOF)
                .map(LayoutTest::show)
                .collect(Collectors.joining(" "));
    }

    private static String show(Token token) {
        return switch (token.getType()) {
            case SnakefileLexer.NEWLINE -> ";";
            case SnakefileLexer.INDENT -> "{";
            case SnakefileLexer.DEDENT -> "}";
            default -> token.getText();
        };
    }

    private List<String> codes() {
        return said.stream().map(diagnostic -> diagnostic.code().word()).toList();
    }
}
