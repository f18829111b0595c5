package dev.sluice.dsl.diagnostic;

/** How much a diagnostic matters: only an error keeps a workflow from running. */
public enum Severity {
    ERROR("error"),
    WARNING("warning"),
    NOTE("note");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
