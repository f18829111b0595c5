package dev.sluice.dsl.source;

import java.util.Arrays;

/**
 * The decoded text of one file, under the name that messages use for it. It never reads a file, and
 * its text never begins with a byte order mark. Lines end at {@code \n}, {@code \r\n} or {@code
 * \r}, as Python has it.
 */
public final class SourceFile {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    public SourceFile(String name, String text) {
        this.name = name;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lineStarts = findLineStarts(this.text);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    public String text(Span span) {
        return text.substring(span.start(), span.end());
    }

    /** The number of lines; a terminator at the very end does not begin another one. */
    public int lineCount() {
        int last = lineStarts.length - 1;
        boolean endsWithTerminator = last > 0 && lineStarts[last] == text.length();
        return endsWithTerminator ? last : lineStarts.length;
    }

    /** The line of an offset, from one. */
    public int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    public Position positionOf(int offset) {
        int line = lineOf(offset);
        int start = lineStarts[line - 1];
        return new Position(line, text.codePointCount(start, offset) + 1);
    }

    /** The offset at which a line begins; lines behind the last one begin at the end. */
    public int lineStart(int line) {
        return line > lineStarts.length ? text.length() : lineStarts[Math.max(line, 1) - 1];
    }

    /** A line's text without its terminator; empty for a line that is not there. */
    public String lineAt(int line) {
        return text(lineSpan(line));
    }

    /** The span of a line without its terminator. */
    public Span lineSpan(int line) {
        int start = lineStart(line);
        int end = lineStart(line + 1);
        if (end > start && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return new Span(start, end);
    }

    private static int[] findLineStarts(String text) {
        int[] starts = new int[Math.max(16, text.length() / 24)];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceFile file && name.equals(file.name) && text.equals(file.text);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + text.hashCode();
    }

    @Override
    public String toString() {
        return "SourceFile[" + name + "]";
    }
}
