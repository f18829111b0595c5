package dev.sluice.dsl.grammar;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

import java.util.ArrayList;
import java.util.List;

/**
 * What the generated lexer cannot say, or says slowly: where a string ends, and the plain loops
 * over names, numbers, spaces and comments.
 */
abstract class PythonSurfaceLexer extends Lexer {
    private final String text;
    private final StringEnd stringEnd;
    private final List<Integer> unclosedStrings = new ArrayList<>();
    private final List<Integer> invisibles = new ArrayList<>();

    PythonSurfaceLexer(CharStream input) {
        super(input);
        text = input.getText(Interval.of(0, input.size() - 1));
        stringEnd = new StringEnd(text);
    }

    /** The offsets at which a string begins that does not end. */
    List<Integer> unclosedStrings() {
        return unclosedStrings;
    }

    /**
     * The offsets of invisible characters outside strings and comments; each is read as a space.
     */
    List<Integer> invisibles() {
        return invisibles;
    }

    @Override
    public Token nextToken() {
        int start = _input.index();
        int end = afterBlanks(start);
        if (end != start) {
            moveTo(end);
        }
        return super.nextToken();
    }

    void finishName() {
        moveTo(afterName(_input.index()));
    }

    /** Signs of an exponent become operators of their own, which harms nobody here. */
    void finishNumber() {
        int at = _input.index();
        while (at < text.length() && (text.charAt(at) == '.' || isNamePart(text.charAt(at)))) {
            at++;
        }
        moveTo(at);
    }

    /** Takes the rest of the string whose opening quote was just matched into the token. */
    void finishString() {
        int end = stringEnd.find(_tokenStartCharIndex);
        if (end < 0) {
            unclosedStrings.add(_tokenStartCharIndex);
            end = ~end;
        }
        moveTo(end);
    }

    /**
     * Not by consuming: lines and columns are SourceFile's matter, the lexer's own are not used.
     */
    private void moveTo(int offset) {
        _input.seek(offset);
    }

    private int afterName(int from) {
        int at = from;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind spaces, continued line ends and a comment. */
    private int afterBlanks(int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\f') {
                at++;
            } else if (c == '\\' && isLineEnd(at + 1)) {
                at += text.startsWith("\r\n", at + 1) ? 3 : 2;
            } else if (c == '#') {
                at = lineEnd(at);
            } else if (c > 0x7f && Invisible.is(c)) {
                invisibles.add(at);
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < text.length() && !isLineEnd(at)) {
            at++;
        }
        return at;
    }

    private boolean isLineEnd(int at) {
        return at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r');
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || (c > 0x7f && !Invisible.is(c));
    }
}
