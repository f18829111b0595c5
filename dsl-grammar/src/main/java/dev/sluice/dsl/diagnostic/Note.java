package dev.sluice.dsl.diagnostic;

/** A sentence beside a diagnostic, often with a second place, such as the first declaration. */
public record Note(String text, Location location) {
    public static Note of(String text) {
        return new Note(text, new Location.Nowhere());
    }
}
