package dev.sluice.dsl.grammar;

import dev.sluice.dsl.source.SourceFile;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A file's text as ANTLR's stream of UTF-16 units, so that token offsets are the offsets of spans.
 * (ANTLR's own streams count code points.)
 */
class SourceCharStream implements CharStream {
    private final SourceFile source;
    private final String text;
    private int index;

    SourceCharStream(SourceFile source) {
        this.source = source;
        this.text = source.text();
    }

    @Override
    public String getText(Interval interval) {
        int end = Math.min(interval.b + 1, text.length());
        return interval.a >= end ? "" : text.substring(interval.a, end);
    }

    @Override
    public void consume() {
        if (index == text.length()) {
            throw new IllegalStateException("cannot consume EOF");
        }
        index++;
    }

    @Override
    public int LA(int distance) {
        int at = distance > 0 ? index + distance - 1 : index + distance;
        return at >= 0 && at < text.length() ? text.charAt(at) : IntStream.EOF;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // The whole text is at hand; there is nothing to give back.
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void seek(int newIndex) {
        index = newIndex;
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return source.name();
    }
}
