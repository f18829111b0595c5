package dev.sluice.app.show;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.PythonRepr;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.stream.Collectors;

/** One job as the block of lines that Snakemake's users know, in its order and with its labels. */
public final class JobText {
    private JobText() {}

    /** The block of a job, with a line end behind each line. */
    public static String block(JobSettings settings, String reason, @Nullable String message) {
        PlannedJob job = settings.job();
        var text = new StringBuilder();
        if (message != null && !message.isEmpty()) {
            text.append("Job ").append(job.id()).append(": ").append(message).append('\n');
        } else {
            text.append(title(job)).append('\n');
            files(text, "input", job.input());
            files(text, "output", job.output());
            files(text, "log", job.log());
            JobFile benchmark = job.benchmark();
            line(text, "benchmark", benchmark == null ? "" : benchmark.path());
        }
        line(text, "jobid", String.valueOf(job.id()));
        line(text, "reason", reason);
        line(text, "wildcards", wildcards(job));
        if (settings.threads() > 1) {
            line(text, "threads", String.valueOf(settings.threads()));
        }
        line(text, "resources", resources(settings));
        return text.toString();
    }

    /** {@code rule NAME:}, or checkpoint, or localrule. */
    static String title(PlannedJob job) {
        String kind =
                job.rule().checkpoint()
                        ? "checkpoint"
                        : job.rule().options().localRule() ? "localrule" : "rule";
        return kind + " " + job.rule().name() + ":";
    }

    static String wildcards(PlannedJob job) {
        return job.wildcards().toMap().entrySet().stream()
                .map(wildcard -> wildcard.getKey() + "=" + wildcard.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String resources(JobSettings settings) {
        return settings.resources().entrySet().stream()
                .filter(resource -> !resource.getKey().startsWith("_"))
                .map(
                        (Map.Entry<String, dev.sluice.engine.value.Value> resource) ->
                                resource.getKey() + "=" + PythonRepr.str(resource.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void files(StringBuilder text, String label, NamedList<JobFile> files) {
        line(text, label, paths(files));
    }

    /** The paths, separated by commas. */
    static String paths(NamedList<JobFile> files) {
        return files.items().stream().map(JobText::shown).collect(Collectors.joining(", "));
    }

    private static String shown(JobFile file) {
        return file.flags().has("pipe") ? file.path() + " (pipe)" : file.path();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("    ").append(label).append(": ").append(value).append('\n');
        }
    }
}
