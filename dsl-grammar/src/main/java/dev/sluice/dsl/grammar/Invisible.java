package dev.sluice.dsl.grammar;

/**
 * Characters that look like a space or like nothing, and that Python accepts in strings and
 * comments only. They come from copied web pages.
 */
final class Invisible {
    private Invisible() {}

    static boolean is(char c) {
        return c == '\u00a0'
                || c == '\u00ad'
                || (c >= '\u2000' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202f')
                || c == '\u205f'
                || c == '\u2060'
                || c == '\u3000'
                || c == '\ufeff';
    }
}
