package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a job runs; empty where it does not.
 *
 * @param lostOutput outputs that are not as their job left them before the machine was restarted
 * @param paramsBefore params recorded for the outputs that the job no longer has
 * @param paramsNow params of the job that were not recorded
 */
public record Reason(
        boolean forced,
        boolean noInputOrOutput,
        boolean noOutput,
        List<String> missingOutput,
        List<String> lostOutput,
        List<String> updatedInput,
        List<String> updatedByJob,
        boolean inputChanged,
        boolean codeChanged,
        List<String> paramsBefore,
        List<String> paramsNow,
        boolean softwareChanged) {
    /** No reason. */
    public static final Reason NONE =
            new Reason(
                    false, false, false, List.of(), List.of(), List.of(), List.of(), false, false,
                    List.of(), List.of(), false);

    /** Whether one of the job's own facts makes it run. */
    public boolean present() {
        return forced
                || noInputOrOutput
                || noOutput
                || provenance()
                || !missingOutput.isEmpty()
                || !lostOutput.isEmpty()
                || !updatedInput.isEmpty()
                || !updatedByJob.isEmpty();
    }

    /** Whether a change of params, code, software or of the set of inputs is among the causes. */
    public boolean provenance() {
        return inputChanged || codeChanged || paramsChanged() || softwareChanged;
    }

    public boolean paramsChanged() {
        return !paramsBefore.isEmpty() || !paramsNow.isEmpty();
    }

    /** In Snakemake's words. */
    public String text() {
        if (forced) {
            return "Forced execution";
        }
        if (noInputOrOutput) {
            return "Rules with neither input nor output files are always executed.";
        }
        if (noOutput) {
            return "Rules with a run or shell declaration but no output are always executed.";
        }
        return String.join("; ", causes());
    }

    /** The headline of each cause, as the summary of reasons counts them. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        add(names, forced, "forced");
        add(names, noInputOrOutput, "neither input nor output");
        add(names, noOutput, "run or shell but no output");
        add(names, !missingOutput.isEmpty(), "output files have to be generated");
        add(names, !lostOutput.isEmpty(), "output files lost in a restart of the machine");
        add(names, !updatedInput.isEmpty(), "updated input files");
        add(names, !updatedByJob.isEmpty(), "input files updated by another job");
        add(names, inputChanged, "set of input files has changed since last execution");
        add(names, codeChanged, "code has changed since last execution");
        add(names, paramsChanged(), "params have changed since last execution");
        add(
                names,
                softwareChanged,
                "software environment definition has changed since last execution");
        return names;
    }

    private List<String> causes() {
        List<String> causes = new ArrayList<>();
        files(causes, "Missing output files: ", missingOutput);
        files(
                causes,
                "Output files are not as their job left them before the machine was restarted: ",
                lostOutput);
        List<String> updated = new ArrayList<>(updatedInput);
        updated.removeAll(updatedByJob);
        if (!updatedInput.isEmpty()) {
            causes.add("Updated input files: " + String.join(", ", updated));
        }
        files(causes, "Input files updated by another job: ", updatedByJob);
        add(causes, inputChanged, "Set of input files has changed since last execution");
        add(causes, codeChanged, "Code has changed since last execution");
        if (paramsChanged()) {
            causes.add(
                    "Params have changed since last execution: Union of exclusive params before and"
                            + " now across all output: "
                            + side("before", paramsBefore)
                            + " "
                            + side("now", paramsNow)
                            + " ");
        }
        add(
                causes,
                softwareChanged,
                "Software environment definition has changed since last execution");
        return causes;
    }

    private static String side(String label, List<String> params) {
        return label + ": " + (params.isEmpty() ? "<nothing exclusive>" : String.join(",", params));
    }

    private static void files(List<String> causes, String label, List<String> files) {
        if (!files.isEmpty()) {
            causes.add(label + String.join(", ", files));
        }
    }

    private static void add(List<String> texts, boolean present, String text) {
        if (present) {
            texts.add(text);
        }
    }
}
