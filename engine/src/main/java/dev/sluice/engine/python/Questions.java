package dev.sluice.engine.python;

import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.value.Value;

import java.util.SequencedMap;

/** Answers what the helper asks while it works on a question of ours. */
interface Questions {
    /** An answer, or an error that the helper passes on. */
    sealed interface Reply {
        record Of(Value value) implements Reply {}

        record Failed(PythonError error) implements Reply {}
    }

    Reply answer(String question, SequencedMap<String, Value> arguments);
}
