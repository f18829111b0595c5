package dev.sluice.dsl.diagnostic;

import dev.sluice.dsl.diagnostic.Location.InText;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

/** The lines of one place, each underlined where it belongs to the span. */
final class Excerpt {
    /** Of a longer place only the first lines and the last one are shown. */
    private static final int MAX_LINES = 5;

    /** Of a longer line only the part around the place is shown. */
    private static final int MAX_WIDTH = 160;

    private final SourceFile source;
    private final Span span;
    private final int gutter;
    private final Severity severity;
    private final Colours colours;

    Excerpt(InText place, int gutter, Severity severity, Colours colours) {
        this.source = place.source();
        this.span = place.span();
        this.gutter = gutter;
        this.severity = severity;
        this.colours = colours;
    }

    static int lastLine(InText place) {
        Span span = place.span();
        return place.source().lineOf(Math.max(span.start(), span.end() - 1));
    }

    void appendTo(StringBuilder text) {
        int first = source.lineOf(span.start());
        int last = lastLine(new InText(source, span));
        edge(text);
        for (int line = first; line <= last; line++) {
            boolean hidden = last - first >= MAX_LINES && line - first >= 2 && line < last;
            if (!hidden) {
                line(text, line);
            } else if (line - first == 2) {
                text.append(colours.frame("...")).append('\n');
            }
        }
    }

    private void edge(StringBuilder text) {
        text.append(" ".repeat(gutter + 1)).append(colours.frame("|")).append('\n');
    }

    private void line(StringBuilder text, int line) {
        Span whole = source.lineSpan(line);
        String content = source.text(whole);
        int from = Math.clamp(span.start() - whole.start(), 0, content.length());
        int to = Math.clamp(span.end() - whole.start(), from, content.length());
        // The indentation of a further line is not what is meant.
        while (span.start() < whole.start() && from < to && content.charAt(from) <= ' ') {
            from++;
        }
        int cut = cutBefore(content, from);
        int end = cutBehind(content, cut);
        number(text, line);
        text.append(cut > 0 ? " …" : content.isEmpty() ? "" : " ");
        text.append(DisplayWidth.shown(content.substring(cut, end)));
        text.append(end < content.length() ? "…\n" : "\n");
        String before = content.substring(cut, from);
        String marked = content.substring(from, Math.clamp(to, from, Math.max(from, end)));
        int indent = DisplayWidth.of(before) + (cut > 0 ? 1 : 0);
        String carets = "^".repeat(Math.max(1, DisplayWidth.of(marked)));
        text.append(" ".repeat(gutter + 1)).append(colours.frame("|")).append(' ');
        text.append(" ".repeat(indent)).append(colours.severity(severity, carets)).append('\n');
    }

    private void number(StringBuilder text, int line) {
        String digits = String.valueOf(line);
        text.append(colours.frame(digits + " ".repeat(gutter - digits.length() + 1) + "|"));
    }

    private static int cutBefore(String content, int from) {
        if (content.length() <= MAX_WIDTH || from < MAX_WIDTH / 2) {
            return 0;
        }
        return wholeCharacter(content, from - MAX_WIDTH / 4);
    }

    private static int cutBehind(String content, int cut) {
        int end = Math.min(content.length(), cut + MAX_WIDTH);
        return end == content.length() ? end : wholeCharacter(content, end);
    }

    /** Never between the two halves of one character. */
    private static int wholeCharacter(String content, int at) {
        return Character.isLowSurrogate(content.charAt(at)) ? at - 1 : at;
    }
}
