package dev.sluice.dsl.diagnostic;

import dev.sluice.dsl.diagnostic.Location.AtLine;
import dev.sluice.dsl.diagnostic.Location.InFile;
import dev.sluice.dsl.diagnostic.Location.InText;
import dev.sluice.dsl.diagnostic.Location.Nowhere;

import java.util.stream.Stream;

/**
 * Writes diagnostics for a terminal: code and message, the place with its lines underlined, notes,
 * the hint. It holds no state and may be shared.
 */
public final class DiagnosticRenderer {
    private final Colours colours;

    private DiagnosticRenderer(Colours colours) {
        this.colours = colours;
    }

    public static DiagnosticRenderer plain() {
        return new DiagnosticRenderer(Colours.NONE);
    }

    public static DiagnosticRenderer coloured() {
        return new DiagnosticRenderer(Colours.ANSI);
    }

    /** The whole text of a diagnostic; its last line, too, ends with a line break. */
    public String render(Diagnostic diagnostic) {
        Severity severity = diagnostic.severity();
        int gutter = gutter(diagnostic);
        var text = new StringBuilder();
        String head = severity.word() + "[" + diagnostic.code().word() + "]";
        text.append(colours.severity(severity, head));
        text.append(colours.bold(": " + DisplayWidth.shown(diagnostic.message()))).append('\n');
        place(text, diagnostic.location(), gutter, severity);
        for (Note note : diagnostic.notes()) {
            tail(text, gutter, "note", note.text());
            place(text, note.location(), gutter, Severity.NOTE);
        }
        if (diagnostic.hint() != null) {
            tail(text, gutter, "help", diagnostic.hint());
        }
        return text.toString();
    }

    private void place(StringBuilder text, Location location, int gutter, Severity severity) {
        String arrow = " ".repeat(gutter) + colours.frame("-->") + " ";
        switch (location) {
            case Nowhere _ -> {}
            case InFile file -> text.append(arrow).append(file.name()).append('\n');
            case AtLine line ->
                    text.append(arrow)
                            .append(line.name())
                            .append(':')
                            .append(line.line())
                            .append('\n');
            case InText place -> {
                var position = place.source().positionOf(place.span().start());
                text.append(arrow).append(place.source().name()).append(':').append(position);
                text.append('\n');
                new Excerpt(place, gutter, severity, colours).appendTo(text);
            }
        }
    }

    private void tail(StringBuilder text, int gutter, String label, String words) {
        String indent = " ".repeat(gutter + 1);
        text.append(indent).append(colours.frame("=")).append(' ');
        text.append(colours.bold(label + ":")).append(' ');
        // Further lines of a long note stand below its first one.
        String next = "\n" + indent + " ".repeat(label.length() + 4);
        text.append(String.join(next, words.lines().toList())).append('\n');
    }

    /** The width of the largest line number that is shown. */
    private static int gutter(Diagnostic diagnostic) {
        return Stream.concat(
                        Stream.of(diagnostic.location()),
                        diagnostic.notes().stream().map(Note::location))
                .mapToInt(DiagnosticRenderer::lastLine)
                .map(line -> String.valueOf(line).length())
                .max()
                .orElse(1);
    }

    private static int lastLine(Location location) {
        return location instanceof InText place ? Excerpt.lastLine(place) : 1;
    }
}
