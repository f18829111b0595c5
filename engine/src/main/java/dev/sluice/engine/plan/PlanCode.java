package dev.sluice.engine.plan;

import dev.sluice.dsl.diagnostic.Catalog;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.Severity;

import java.util.Locale;

/** Why a workflow that was loaded cannot be planned, or one of its jobs cannot be made ready. */
public enum PlanCode implements DiagnosticCode {
    MISSING_INPUT(
            "MissingInputException",
            "A job needs a file that is not there and that no rule makes.",
            "Make the file, correct its name in the rule, or write a rule that makes it."),
    MISSING_RULE(
            "MissingRuleException",
            "A target is neither a rule nor a file that one makes.",
            "Check the spelling; `sluice run --list-rules` names the rules."),
    TARGET_WITH_WILDCARDS(
            "WorkflowError",
            "A rule whose output has wildcards was asked for by its name.",
            "Ask for files by name, or begin the Snakefile with a rule that has them as input."),
    UNDETERMINED_WILDCARD(
            "WildcardError",
            "An input or a param has a wildcard that no output of its rule has.",
            "Write the wildcard into the output too, or take all its values with `expand`."),
    AMBIGUOUS_RULES(
            "AmbiguousRuleException",
            "Two rules make the same file, and nothing says which is preferred.",
            "Say it with `ruleorder`, constrain the wildcards, or name the outputs differently."),
    CYCLIC_DEPENDENCY(
            "CyclicGraphException",
            "A job needs its own output, by way of others or at once.",
            "Give one of the files another name, or drop the input that leads back."),
    PERIODIC_WILDCARD(
            "PeriodicWildcardError",
            "A rule needs ever longer files of its own, without end.",
            "Constrain the rule's wildcards, so that its inputs do not match its outputs."),
    OUTPUT_INSIDE_OUTPUT(
            "ChildIOException",
            "A job writes into a folder that is the output of another job.",
            "Let one job make the folder with all that is in it, or use another folder."),
    PROTECTED_OUTPUT(
            "ProtectedOutputException",
            "A job would overwrite files that are write-protected.",
            "Give yourself the right to write to them (`chmod u+w`), or delete them."),
    INCOMPLETE_FILES(
            "IncompleteFilesException",
            "Jobs began to write files and did not finish.",
            "Make them again with `--rerun-incomplete`, or say with `--cleanup-metadata` that they"
                    + " are whole."),
    FUNCTION_FAILED(
            "InputFunctionException",
            "A function of a rule raised an exception.",
            "Correct the line that is shown."),
    CHECKPOINT_NOT_AN_INPUT(
            "WorkflowError",
            "A param depends on a checkpoint whose output is not among the rule's inputs.",
            "Add the checkpoint's output to the inputs."),
    FORMAT_FAILED(
            "RuleException",
            "A command, a message or a path cannot be formatted.",
            "Check the names in braces; double the braces that are meant as such."),
    UNREADABLE_RESOURCE(
            "WorkflowError",
            "A resource is neither a number nor an amount with a unit that is known.",
            "Write a number, or an amount such as `2GB` or `30m`."),
    RESOURCE_KIND(
            "WorkflowError",
            "A resource that `--resources` limits is a word.",
            "Give the resource a number, or do not limit it."),
    THREADS_NOT_A_NUMBER(
            "WorkflowError",
            "`threads` is not a number.",
            "Write a whole number, or a function that gives one."),
    PRIORITY_NOT_A_NUMBER(
            "WorkflowError",
            "`priority` is not a number.",
            "Write a number, or a function that gives one."),
    BAD_STREAM(
            "WorkflowError",
            "A pipe or a service cannot work as it is declared.",
            "Read the message: it says what pipes and services need."),
    GROUP_DEPENDS_ON_ITSELF(
            "WorkflowError",
            "A path of jobs leaves a group and enters it again.",
            "Put the jobs in between into the group too, or take some out."),
    UNKNOWN_BATCH_RULE(
            "WorkflowError",
            "`--batch` names a rule that does not exist.",
            "Check the spelling of the rule's name."),
    TOO_MANY_BATCHES(
            "WorkflowError",
            "`--batch` asks for more batches than the rule has inputs.",
            "Ask for fewer batches."),
    BATCHES_MISSING(
            "WorkflowError",
            "The last batch was asked for, and files of earlier ones are not there.",
            "Run the batches before it first.");

    private final String upstream;
    private final String meaning;
    private final String remedy;

    PlanCode(String upstream, String meaning, String remedy) {
        this.upstream = upstream;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public static Catalog catalog() {
        return Catalog.of("Planning", values());
    }

    /** The name of Snakemake's exception class for the same thing. */
    public String upstream() {
        return upstream;
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
