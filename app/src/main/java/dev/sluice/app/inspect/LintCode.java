package dev.sluice.app.inspect;

import dev.sluice.dsl.diagnostic.Catalog;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.Severity;

/**
 * What {@code --lint} looks for: things that work here and now and will not everywhere or for ever.
 */
public enum LintCode implements DiagnosticCode {
    NO_LOG(
            "no-log",
            "A rule that runs something has no log file, so what its jobs say is mixed on the"
                    + " terminal.",
            "Give the rule a `log:` file and send the command's output there."),
    NO_SOFTWARE(
            "no-software",
            "A rule does not say which software it needs, so it runs only where that happens to be"
                    + " installed.",
            "Give the rule a `conda:` environment or a `container:`."),
    ONLY_MODULES(
            "only-modules",
            "A rule names environment modules only, which exist on one cluster and not on the"
                    + " next.",
            "Add a `conda:` environment or a `container:` with the same software."),
    PARAM_IS_PREFIX(
            "param-is-prefix",
            "A param repeats the beginning of an input or output, so one of them will be forgotten"
                    + " when paths change.",
            "Compute it: `lambda wildcards, input: os.path.dirname(input[0])`."),
    OUTSIDE_NAME(
            "outside-name",
            "A shell command uses a value from outside of its rule, so a change of that value makes"
                    + " nothing outdated.",
            "Pass it through `params:`, or as `input:` where it is a file."),
    FILE_BY_INDEX(
            "file-by-index",
            "A shell command picks files by their position, which breaks when someone adds one in"
                    + " front.",
            "Name the file: `input: reads=…` and `{input.reads}`."),
    LONG_RUN(
            "long-run",
            "A `run:` block holds more than a few lines, which cannot be tested or run alone.",
            "Move it into a file and use `script:`; `snakemake.input` and the rest are there too."),
    ABSOLUTE_PATH(
            "absolute-path",
            "A path begins at the root of this machine's file system.",
            "Write it relative to the working folder, or take it from the config."),
    PATH_BY_PLUS(
            "path-by-plus",
            "A path is put together with `+`, where a missing or doubled slash is easily"
                    + " overlooked.",
            "Write the path out, use an f-string, or `os.path.join`."),
    FUNCTIONS_AMONG_RULES(
            "functions-among-rules",
            "Functions and rules share a file of a workflow that has several.",
            "Move the functions into a file of their own, such as rules/common.smk, and include"
                    + " it."),
    ENVIRONMENT_VARIABLE(
            "environment-variable",
            "An environment variable is read that the workflow does not ask for, so its absence"
                    + " shows late.",
            "Name it under `envvars:`."),
    OLD_KEYWORD(
            "old-keyword",
            "`singularity:` is the old word for a container.",
            "Write `container:`."),
    TAB_INDENT(
            "tab-indent",
            "A line is indented with a tab, which looks aligned with spaces and is not.",
            "Indent with spaces only.");

    private final String word;
    private final String meaning;
    private final String remedy;

    LintCode(String word, String meaning, String remedy) {
        this.word = word;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public static Catalog catalog() {
        return Catalog.of("Hints of --lint", values());
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
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
