package dev.sluice.dsl.source;

/** A place as people count it: line and column from one, the column in characters (code points). */
public record Position(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
