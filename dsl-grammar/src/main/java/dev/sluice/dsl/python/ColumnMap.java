package dev.sluice.dsl.python;

import dev.sluice.dsl.source.Span;

import java.util.Arrays;

/**
 * The way from offsets of a program back to those of its Snakefile. Lines are the same in both, so
 * within a line this maps columns.
 */
public final class ColumnMap {
    private final int[] programStarts;
    private final int[] programEnds;
    private final int[] sourceStarts;
    private final int[] sourceEnds;

    private ColumnMap(Builder builder) {
        programStarts = Arrays.copyOf(builder.programStarts, builder.size);
        programEnds = Arrays.copyOf(builder.programEnds, builder.size);
        sourceStarts = Arrays.copyOf(builder.sourceStarts, builder.size);
        sourceEnds = Arrays.copyOf(builder.sourceEnds, builder.size);
    }

    /**
     * The offset in the Snakefile of what stands at an offset of the program. Within text that has
     * no counterpart it is the start of what that text stands for.
     */
    public int sourceOffset(int programOffset) {
        int edit = lastAtOrBefore(programOffset);
        if (edit < 0) {
            return programOffset;
        }
        return programOffset < programEnds[edit]
                ? sourceStarts[edit]
                : sourceEnds[edit] + (programOffset - programEnds[edit]);
    }

    /** Where a span of the program ends in the Snakefile, given its offset in the program. */
    int sourceEnd(int programEnd) {
        int edit = lastAtOrBefore(programEnd - 1);
        if (edit < 0) {
            return programEnd;
        }
        return programEnd <= programEnds[edit]
                ? sourceEnds[edit]
                : sourceEnds[edit] + (programEnd - programEnds[edit]);
    }

    private int lastAtOrBefore(int programOffset) {
        int found = Arrays.binarySearch(programStarts, programOffset);
        int index = found >= 0 ? found : -found - 2;
        while (index + 1 < programStarts.length && programStarts[index + 1] <= programOffset) {
            index++;
        }
        return index;
    }

    /** Takes the edits of a text in their order. */
    static final class Builder {
        private final int[] programStarts;
        private final int[] programEnds;
        private final int[] sourceStarts;
        private final int[] sourceEnds;
        private int size;

        Builder(int capacity) {
            programStarts = new int[capacity];
            programEnds = new int[capacity];
            sourceStarts = new int[capacity];
            sourceEnds = new int[capacity];
        }

        void add(Span span, int programStart, int programEnd) {
            programStarts[size] = programStart;
            programEnds[size] = programEnd;
            sourceStarts[size] = span.start();
            sourceEnds[size] = span.end();
            size++;
        }

        ColumnMap build() {
            return new ColumnMap(this);
        }
    }
}
