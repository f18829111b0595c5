package dev.sluice.dsl.grammar;

import dev.sluice.dsl.diagnostic.Spelling;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of the language, in the order in which messages list them. */
public final class Keywords {
    /** Statements that take an argument list. */
    static final Set<String> STATEMENTS =
            ordered(
                    "include",
                    "configfile",
                    "workdir",
                    "wildcard_constraints",
                    "localrules",
                    "ruleorder",
                    "report",
                    "envvars",
                    "scattergather",
                    "container",
                    "singularity",
                    "containerized",
                    "conda",
                    "resource_scopes",
                    "inputflags",
                    "outputflags",
                    "pathvars",
                    "pepfile",
                    "pepschema");

    /** Statements that take a Python block. */
    static final Set<String> HOOKS = ordered("onstart", "onsuccess", "onerror");

    /** Statements that take a name. */
    static final Set<String> NAMED = ordered("rule", "checkpoint", "module", "storage");

    public static final Set<String> PROPERTIES =
            ordered(
                    "name",
                    "input",
                    "output",
                    "params",
                    "threads",
                    "resources",
                    "retries",
                    "priority",
                    "log",
                    "message",
                    "benchmark",
                    "conda",
                    "singularity",
                    "container",
                    "containerized",
                    "envmodules",
                    "wildcard_constraints",
                    "shadow",
                    "group",
                    "cache",
                    "handover",
                    "default_target",
                    "localrule",
                    "pathvars");

    public static final Set<String> EXECUTIONS =
            ordered("run", "shell", "script", "notebook", "wrapper", "template_engine", "cwl");

    public static final Set<String> MODULE_FIELDS =
            ordered(
                    "name",
                    "snakefile",
                    "meta_wrapper",
                    "config",
                    "skip_validation",
                    "replace_prefix",
                    "prefix",
                    "pathvars");

    /** What was taken out of the language, with what to write instead. */
    public static final Map<String, String> REMOVED =
            Map.of(
                    "subworkflow", "declare a `module` and take its rules with `use rule`",
                    "version", "name the software with `conda` or `container`");

    /** Python's words that cannot end an operand: what follows them is never a second item. */
    private static final Set<String> OPERATORS =
            ordered(
                    "in", "is", "and", "or", "not", "if", "else", "for", "lambda", "await", "async",
                    "yield", "from", "as", "with", "import", "return");

    private static final Set<String> PYTHON_STATEMENTS =
            ordered(
                    "async",
                    "await",
                    "assert",
                    "break",
                    "case",
                    "class",
                    "continue",
                    "def",
                    "del",
                    "elif",
                    "else",
                    "except",
                    "finally",
                    "for",
                    "from",
                    "global",
                    "if",
                    "import",
                    "lambda",
                    "match",
                    "nonlocal",
                    "not",
                    "pass",
                    "raise",
                    "return",
                    "try",
                    "type",
                    "while",
                    "with",
                    "yield");

    private static final Set<String> TOP = union(NAMED, STATEMENTS, HOOKS, ordered("use"));

    private static final Set<String> RULE_BODY = union(PROPERTIES, EXECUTIONS);

    private Keywords() {}

    static boolean isStatement(String word) {
        return STATEMENTS.contains(word) || HOOKS.contains(word);
    }

    public static boolean isDirective(String word) {
        return RULE_BODY.contains(word);
    }

    public static boolean isOperator(String word) {
        return OPERATORS.contains(word);
    }

    static boolean beginsPythonStatement(String word) {
        return PYTHON_STATEMENTS.contains(word);
    }

    /** The top-level keyword that was likely meant. */
    public static Optional<String> likelyKeyword(String word) {
        return Spelling.nearest(word, List.copyOf(TOP));
    }

    /** The directive of a rule that was likely meant. */
    public static Optional<String> likelyDirective(String word) {
        return Spelling.nearest(word, List.copyOf(RULE_BODY));
    }

    /** The field of a module that was likely meant. */
    public static Optional<String> likelyModuleField(String word) {
        return Spelling.nearest(word, List.copyOf(MODULE_FIELDS));
    }

    private static Set<String> ordered(String... words) {
        return new LinkedHashSet<>(List.of(words));
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        List<String> all = new ArrayList<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return new LinkedHashSet<>(all);
    }
}
