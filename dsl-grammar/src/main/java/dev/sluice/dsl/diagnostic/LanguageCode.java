package dev.sluice.dsl.diagnostic;

/** What can be wrong with the text of a Snakefile, before any of it runs. */
public enum LanguageCode implements DiagnosticCode {
    NOT_UTF8(Severity.ERROR, "The file has bytes that are not UTF-8.", "Save the file as UTF-8."),
    NULL_BYTE(
            Severity.ERROR,
            "The file has a null character, which Python does not accept in a program.",
            "Remove the character; a binary file may have been named as a Snakefile."),
    INVISIBLE_CHARACTER(
            Severity.ERROR,
            "A character that looks like a space, or like nothing, stands outside strings and"
                    + " comments.",
            "Write a plain space instead; such characters come from copied pages."),
    UNCLOSED_STRING(
            Severity.ERROR,
            "A string begins here and does not end.",
            "Write the closing quote; a string over several lines needs three quotes."),
    UNCLOSED_BRACKET(
            Severity.ERROR,
            "A bracket is opened here and never closed.",
            "Write the closing bracket."),
    UNMATCHED_BRACKET(
            Severity.ERROR,
            "A closing bracket does not fit the one that is open, or none is open.",
            "Remove the bracket, or open one of its kind before."),
    INCONSISTENT_DEDENT(
            Severity.ERROR,
            "A line is indented less than the one before, but like no line around it.",
            "Indent the line exactly as the block it belongs to."),
    TOO_DEEP(
            Severity.ERROR,
            "Blocks are nested deeper than Python allows.",
            "Move the inner blocks into functions."),
    MISSING_COLON(
            Severity.ERROR,
            "A keyword is not followed by its colon.",
            "Write `:` behind the keyword, or behind the name that follows it."),
    UNEXPECTED_TOKEN(
            Severity.ERROR,
            "Something stands where another thing is expected.",
            "Write what the message says was expected."),
    UNKNOWN_KEYWORD(
            Severity.ERROR,
            "A statement has the shape of Snakemake's, but there is no such keyword.",
            "Check the spelling; the help names the likely one."),
    REMOVED_KEYWORD(
            Severity.ERROR,
            "A keyword was removed from the language.",
            "Write what the help says instead."),
    UNKNOWN_DIRECTIVE(
            Severity.ERROR,
            "A rule or a module has no directive of this name.",
            "Check the spelling; the help names the likely one."),
    PYTHON_IN_BODY(
            Severity.ERROR,
            "Python code, or a whole statement, stands in the body of a rule or module.",
            "Put the code around the rule, or into a function that a directive names."),
    DIRECTIVE_IN_VALUE(
            Severity.ERROR,
            "A directive is indented deeper than the one before, so it belongs to that one's"
                    + " value.",
            "Give all directives of a rule the same indentation."),
    DIRECTIVE_AFTER_EXECUTION(
            Severity.ERROR,
            "A directive follows the one that says what the rule executes.",
            "Move `shell`, `run`, `script` and the like to the end of the rule."),
    SEVERAL_EXECUTIONS(
            Severity.ERROR,
            "A rule says more than once what it executes.",
            "Keep one of `run`, `shell`, `script`, `notebook`, `wrapper`, `template_engine`,"
                    + " `cwl`."),
    MISSING_COMMAND(
            Severity.ERROR,
            "An execution directive, such as `shell`, has no value.",
            "Write what is to be executed behind the colon."),
    RUN_WITHOUT_BODY(
            Severity.ERROR,
            "`run:`, or a hook such as `onstart:`, has no Python code.",
            "Write an indented block behind the colon."),
    RUN_ON_RULE_LINE(
            Severity.ERROR,
            "`run:` stands on the line of its rule.",
            "Begin a new, indented line with `run:`."),
    UNEXPECTED_COLON(
            Severity.ERROR,
            "A colon stands in a value, outside brackets, and belongs to no lambda.",
            "Write `name=value` for a named argument."),
    MISSING_COMMA(
            Severity.ERROR,
            "Two items of a value stand next to each other without a comma.",
            "Write `,` between the items."),
    POSITIONAL_AFTER_KEYWORD(
            Severity.ERROR,
            "An item without a name follows one with a name.",
            "Move the item before all named ones, or name it."),
    DUPLICATE_RULE(
            Severity.ERROR,
            "Two rules of the file have the same name.",
            "Rename or remove one of them."),
    DUPLICATE_DIRECTIVE(
            Severity.WARNING,
            "A rule has a directive twice; as in Snakemake, the first one counts.",
            "Join the two."),
    EMPTY_RULE(
            Severity.WARNING,
            "A rule has no directive.",
            "Write directives, indented, or remove the rule."),
    MODULE_WITHOUT_SOURCE(
            Severity.ERROR,
            "A module names neither `snakefile` nor `meta_wrapper`.",
            "Say where the module's Snakefile is: `snakefile: \"path\"`."),
    MODULE_WITHOUT_NAME(
            Severity.ERROR,
            "A module has no name, or has two.",
            "Name it once: `module NAME:`, or `name:` in its body."),
    WITH_FOR_ALL_RULES(
            Severity.ERROR,
            "`with:` cannot change all rules of a module at once.",
            "Name the rules, or leave `with:` away."),
    EXPECTED_RULE_NAMES(
            Severity.ERROR,
            "`localrules` and `ruleorder` take names of rules only.",
            "Write `localrules: a, b` or `ruleorder: a > b`, without quotes."),
    RESERVED_NAME(
            Severity.ERROR,
            "Names that begin with `_sluice_` belong to Sluice.",
            "Choose another name."),
    LOOKS_LIKE_KEYWORD(
            Severity.WARNING,
            "Python reads a line as an annotation without effect where a statement seems meant.",
            "Check the spelling and the indentation."),
    REMOVED_FUNCTION(
            Severity.WARNING,
            "A function was removed from the language.",
            "Write what the help says instead.");

    private final Severity severity;
    private final String meaning;
    private final String remedy;
    private final String word;

    LanguageCode(Severity severity, String meaning, String remedy) {
        this.severity = severity;
        this.meaning = meaning;
        this.remedy = remedy;
        this.word = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** All codes of this stage. */
    public static Catalog catalog() {
        return Catalog.of("The language", values());
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public Severity severity() {
        return severity;
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
