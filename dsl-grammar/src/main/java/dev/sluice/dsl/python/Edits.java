package dev.sluice.dsl.python;

import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import java.util.ArrayList;
import java.util.List;

/** Replacements in a source text, gathered in any order; no two overlap. */
final class Edits {
    /** What stands in the program for a span of the source. */
    record Edit(Span span, String text) {}

    private final SourceFile source;
    private final List<Edit> edits = new ArrayList<>();

    Edits(SourceFile source) {
        this.source = source;
    }

    void replace(Span span, String text) {
        edits.add(new Edit(span, text));
    }

    void insert(int offset, String text) {
        edits.add(new Edit(Span.at(offset), text));
    }

    PythonProgram apply() {
        List<Edit> sorted = new ArrayList<>(edits);
        // The sort is stable: insertions at one place stay in the order in which they were made.
        sorted.sort((left, right) -> Integer.compare(left.span().start(), right.span().start()));
        var text = new StringBuilder(source.text().length() + 40 * sorted.size());
        var map = new ColumnMap.Builder(sorted.size());
        int done = 0;
        for (Edit edit : sorted) {
            text.append(source.text(), done, edit.span().start());
            map.add(edit.span(), text.length(), text.length() + edit.text().length());
            text.append(edit.text());
            done = edit.span().end();
        }
        text.append(source.text(), done, source.text().length());
        return new PythonProgram(text.toString(), map.build());
    }
}
