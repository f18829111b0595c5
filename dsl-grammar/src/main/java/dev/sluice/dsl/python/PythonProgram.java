package dev.sluice.dsl.python;

import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

/** The Python text for a Snakefile; its line N is the Snakefile's line N. */
public record PythonProgram(String text, ColumnMap columns) {
    /**
     * The place in the Snakefile of what Python names by line and columns of the program: lines
     * from one, columns from zero in characters. A negative end column means that only the start is
     * known. Places outside of the text are moved to its nearest one.
     */
    public Span sourceSpan(int line, int column, int endColumn) {
        var program = new SourceFile("", text);
        int start = offset(program, line, column);
        int sourceStart = columns.sourceOffset(start);
        if (endColumn < 0) {
            return Span.at(sourceStart);
        }
        int end = offset(program, line, endColumn);
        return new Span(sourceStart, Math.max(sourceStart, columns.sourceEnd(end)));
    }

    private static int offset(SourceFile program, int line, int column) {
        String lineText = program.lineAt(line);
        int characters = lineText.codePointCount(0, lineText.length());
        int within = lineText.offsetByCodePoints(0, Math.clamp(column, 0, characters));
        return program.lineStart(line) + within;
    }
}
