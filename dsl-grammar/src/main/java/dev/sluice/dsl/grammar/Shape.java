package dev.sluice.dsl.grammar;

import static dev.sluice.dsl.grammar.SnakefileLexer.COLON;
import static dev.sluice.dsl.grammar.SnakefileLexer.INDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.NAME;
import static dev.sluice.dsl.grammar.SnakefileLexer.NEWLINE;
import static dev.sluice.dsl.grammar.SnakefileLexer.NUMBER;
import static dev.sluice.dsl.grammar.SnakefileLexer.STRING;

import org.antlr.v4.runtime.Token;

import java.util.List;

/**
 * What a logical line is, judged by its first tokens. A word is a keyword only with the right shape
 * behind it, so {@code rule = 3} and {@code report("x")} stay Python.
 */
final class Shape {
    /** What a line may be where statements stand. */
    enum StatementShape {
        RULE,
        MODULE,
        USE,
        STORAGE,
        KEYWORD,
        HOOK,
        /** Neither Python nor Snakemake's; said already. */
        UNKNOWN,
        PYTHON
    }

    /** What a line may be in the body of a rule or module. */
    enum ItemShape {
        DOCSTRING,
        DIRECTIVE,
        RUN,
        STRAY
    }

    private final List<Token> tokens;
    private final StrayKeywords strayKeywords;

    Shape(List<Token> tokens, StrayKeywords strayKeywords) {
        this.tokens = tokens;
        this.strayKeywords = strayKeywords;
    }

    StatementShape statementAt(int index, boolean top) {
        Token first = tokens.get(index);
        if (first.getType() != NAME) {
            return StatementShape.PYTHON;
        }
        String word = first.getText();
        return switch (word) {
            case "rule", "checkpoint" -> whenNamed(index, StatementShape.RULE);
            case "module" -> whenNamed(index, StatementShape.MODULE);
            case "storage" -> whenNamed(index, StatementShape.STORAGE);
            case "use" -> isWord(index + 1, "rule") ? StatementShape.USE : StatementShape.PYTHON;
            default -> otherStatement(index, word, top);
        };
    }

    private StatementShape otherStatement(int index, String word, boolean top) {
        boolean keyword = Keywords.isStatement(word);
        if (keyword && isHeader(index + 1)) {
            return Keywords.HOOKS.contains(word) ? StatementShape.HOOK : StatementShape.KEYWORD;
        }
        boolean said = !keyword && strayKeywords.report(tokens, index, top);
        return said ? StatementShape.UNKNOWN : StatementShape.PYTHON;
    }

    ItemShape itemAt(int index) {
        Token first = tokens.get(index);
        if (first.getType() == STRING) {
            return isOnlyStrings(index) ? ItemShape.DOCSTRING : ItemShape.STRAY;
        }
        if (first.getType() != NAME) {
            return ItemShape.STRAY;
        }
        String word = first.getText();
        boolean directive = type(index + 1) == COLON && !Keywords.beginsPythonStatement(word);
        // A directive that lacks its colon is still that directive, for a better message.
        boolean withoutColon = Keywords.isDirective(word) && !isAttribute(index + 1);
        if (!directive && !withoutColon) {
            return ItemShape.STRAY;
        }
        return word.equals("run") ? ItemShape.RUN : ItemShape.DIRECTIVE;
    }

    private StatementShape whenNamed(int index, StatementShape shape) {
        return isHeader(index + 1) ? shape : StatementShape.PYTHON;
    }

    /** What follows makes no Python of the word before: a colon, or one was forgotten. */
    private boolean isHeader(int index) {
        boolean block = type(index) == NEWLINE && type(index + 1) == INDENT;
        return type(index) == COLON || block || isSecondOperand(index);
    }

    /** Two operands in a row are never Python, so the first one was meant as a keyword. */
    private boolean isSecondOperand(int index) {
        Token token = tokens.get(index);
        return switch (token.getType()) {
            case STRING, NUMBER -> true;
            case NAME -> !Keywords.isOperator(token.getText());
            default -> false;
        };
    }

    private boolean isAttribute(int index) {
        return tokens.get(index).getText().equals(".") || type(index) == SnakefileLexer.OPEN;
    }

    private boolean isOnlyStrings(int index) {
        int i = index;
        while (type(i) == STRING) {
            i++;
        }
        return type(i) == NEWLINE || type(i) == Token.EOF;
    }

    private boolean isWord(int index, String word) {
        Token token = tokens.get(index);
        return token.getType() == NAME && token.getText().equals(word);
    }

    private int type(int index) {
        return index < tokens.size() ? tokens.get(index).getType() : Token.EOF;
    }
}
