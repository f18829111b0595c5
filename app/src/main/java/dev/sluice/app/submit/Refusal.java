package dev.sluice.app.submit;

/**
 * A path that is not packed, and why.
 *
 * @param path as the folder has it
 * @param reason words that follow the path
 */
public record Refusal(String path, Kind kind, String reason) {
    /** What stands against it. */
    public enum Kind {
        /** Looks like a password or a key; packed when the user insists. */
        SECRET,
        /** A link that would lead out of the folder on the server. */
        LINK,
        /** Not a file, not readable, or with a name that no server takes. */
        UNUSABLE
    }
}
