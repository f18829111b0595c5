package dev.sluice.engine.evaluate;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An exception of Python, cut down to the user's part of the traceback.
 *
 * @param kind syntax, python, workflow, missing-file, checkpoint, diagnosed or shutdown
 * @param code a stable word for the diagnostic where the helper knows one
 * @param line 1-based; 0 where there is none
 * @param column 0-based column in the program's line; -1 where there is none
 * @param endColumn the column behind it on the same line; -1 where there is none
 * @param frames outermost first
 * @param notes further sentences, such as the exception that led to this one
 */
public record PythonError(
        String kind,
        @Nullable String code,
        String type,
        String message,
        @Nullable String file,
        int line,
        int column,
        int endColumn,
        List<Frame> frames,
        List<String> notes,
        @Nullable String hint) {
    public PythonError {
        frames = List.copyOf(frames);
        notes = List.copyOf(notes);
    }

    /** An error that is Sluice's own word about Python, with no place. */
    public static PythonError of(String kind, String type, String message) {
        return new PythonError(
                kind, null, type, message, null, 0, -1, -1, List.of(), List.of(), null);
    }

    /** {@code NameError: name 'x' is not defined}; a workflow error says only its message. */
    public String text() {
        return kind.equals("workflow") || type.isEmpty() ? message : type + ": " + message;
    }

    public record Frame(String file, int line, String function) {}
}
