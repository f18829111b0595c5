package dev.sluice.engine.python;

import dev.sluice.dsl.diagnostic.Catalog;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.Severity;

import java.util.Locale;

/** What can go wrong between a Snakefile's text and its rules. */
public enum LoadCode implements DiagnosticCode {
    NO_PYTHON(
            "Python cannot be started.",
            "Install Python 3.9 or later, or name one with `--python`."),
    OLD_PYTHON("The Python is too old.", "Name a Python 3.9 or later with `--python`."),
    HELPER_ENDED(
            "The Python process that runs the Snakefile ended, or did not answer.",
            "Look at what it wrote; a Snakefile must not end its interpreter."),
    NO_SNAKEFILE("The Snakefile, or one that is included, is not there.", "Check the path."),
    UNREADABLE_FILE("A file cannot be read.", "Check the file's permissions."),
    PYTHON_SYNTAX("Python does not accept the Snakefile's Python.", "Correct the line."),
    PYTHON_ERROR("Python code of the workflow raised an exception.", "Correct the line."),
    WORKFLOW_ERROR("The workflow says, or shows, that it cannot go on.", "Read the message."),
    MISSING_FILE(
            "Python code opened a file that is not there.", "Make the file, or check the path."),
    BAD_CONFIG("A config file is neither JSON nor YAML.", "Correct the file at the place shown."),
    MISSING_CONFIG("A config file is not there.", "Make the file, or name it with `--configfile`."),
    SCHEMA_VIOLATION("Config or data do not fit their schema.", "Correct the value that is named."),
    BAD_SCHEMA("A schema cannot be used.", "Correct the schema."),
    MISSING_ENVVAR("An environment variable that the workflow asks for is not set.", "Set it."),
    CONTRADICTORY_FLAGS("A file has flags that exclude each other.", "Keep one of them."),
    EXIT("The Snakefile ended its own interpreter.", "Raise an exception instead.");

    private final String meaning;
    private final String remedy;

    LoadCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public static Catalog catalog() {
        return Catalog.of("Loading a workflow", values());
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
