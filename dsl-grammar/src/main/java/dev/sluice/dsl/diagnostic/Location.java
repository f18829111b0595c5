package dev.sluice.dsl.diagnostic;

import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

/** Where a diagnostic points, as exactly as it is known. */
public sealed interface Location {
    /** Nowhere in a file: a setting, the command line, the plan as a whole. */
    record Nowhere() implements Location {}

    /** A file as a whole. */
    record InFile(String name) implements Location {}

    /** A line (from one) of a file whose text is not at hand. */
    record AtLine(String name, int line) implements Location {}

    /** A piece of text that can be shown. */
    record InText(SourceFile source, Span span) implements Location {}
}
