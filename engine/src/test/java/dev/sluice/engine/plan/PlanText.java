package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plan as the golden files write it: a line a job that runs, in alphabetical order. */
final class PlanText {
    private static final Pattern FILES =
            Pattern.compile(
                    "((?:Missing output files|Updated input files|Input files updated by another"
                            + " job): )([^;]*)");

    private PlanText() {}

    static String of(Planned planned) {
        return switch (planned) {
            case Planned.Made made -> of(made.plan());
            case Planned.Refused refused -> "error " + refused.problems().getFirst().upstream();
        };
    }

    static String of(Plan plan) {
        List<String> lines = new ArrayList<>();
        for (int job : plan.jobs()) {
            if (plan.runs(job)) {
                lines.add(line(plan, job));
            }
        }
        lines.sort(null);
        return lines.isEmpty() ? "nothing to do" : String.join("\n", lines);
    }

    private static String line(Plan plan, int job) {
        PlannedJob view = plan.job(job);
        List<String> wildcards = new ArrayList<>();
        view.wildcards().toMap().forEach((name, value) -> wildcards.add(name + "=" + value));
        String shown = wildcards.isEmpty() ? "" : " [" + String.join(", ", wildcards) + "]";
        return view.rule().name() + shown + ": " + sorted(plan.reason(job).text());
    }

    /** Files of a reason in alphabetical order: Snakemake writes them in any. */
    private static String sorted(String reason) {
        Matcher matcher = FILES.matcher(reason);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String[] files = matcher.group(2).split(", ");
            Arrays.sort(files);
            matcher.appendReplacement(
                    text, Matcher.quoteReplacement(matcher.group(1) + String.join(", ", files)));
        }
        return matcher.appendTail(text).toString();
    }
}
