package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The parts of a job's fingerprint. */
final class Fingerprints {
    private Fingerprints() {}

    static JobFingerprint of(
            JobSettings job, String command, PlanRequest request, FileFacts files) {
        Rule rule = job.job().rule();
        return new JobFingerprint(
                code(rule),
                params(job.comparedParams()),
                input(job.job()),
                software(rule, job.conda(), job.container(), request, files),
                command.isEmpty() ? "" : Hashes.hex(command));
    }

    /** Empty where the file of a script is what counts. */
    static String code(Rule rule) {
        return switch (rule.action()) {
            case Action.Shell shell -> Hashes.hex(shell.command());
            case Action.Run run -> Hashes.hex(run.source());
            case Action.Script script -> "";
            case Action.None none -> "";
        };
    }

    static List<String> params(List<Value> compared) {
        List<String> texts = new ArrayList<>();
        for (Value value : compared) {
            String text = param(value);
            if (text != null) {
                texts.add(text);
            }
        }
        texts.sort(null);
        return texts;
    }

    /** Values that Python prints differently each time, or not in full, are left out. */
    private static @Nullable String param(Value value) {
        return switch (value) {
            case Value.Opaque opaque ->
                    opaque.hash() == null ? null : opaque.type() + ":" + opaque.hash();
            case Value.PathText path -> null;
            default -> value.equals(JobSettings.TO_BE_DETERMINED) ? null : PythonRepr.repr(value);
        };
    }

    static String input(PlannedJob job) {
        List<String> paths = new ArrayList<>();
        for (JobFile file : job.input().items()) {
            paths.add(file.stream() ? "<stream>" : file.path());
        }
        paths.sort(null);
        return Hashes.hex(String.join("\0", paths));
    }

    /** Empty where the job runs with what is on the machine. */
    static String software(
            Rule rule,
            @Nullable String conda,
            @Nullable String container,
            PlanRequest request,
            FileFacts files) {
        Set<PlanRequest.Deployment> on = request.options().deployment();
        StringBuilder text = new StringBuilder();
        if (conda != null && on.contains(PlanRequest.Deployment.CONDA)) {
            String content = files.sha256(resolved(rule, conda));
            text.append("conda\0").append(content.isEmpty() ? conda : content);
        }
        if (container != null && on.contains(PlanRequest.Deployment.CONTAINER)) {
            text.append("\0container\0").append(container);
        }
        if (!rule.software().envModules().isEmpty()
                && on.contains(PlanRequest.Deployment.ENV_MODULES)) {
            text.append("\0modules\0").append(String.join("\0", rule.software().envModules()));
        }
        return text.isEmpty() ? "" : Hashes.hex(text.toString());
    }

    /** A path beside the Snakefile as a path from anywhere. */
    static String resolved(Rule rule, String path) {
        return path.startsWith("/") ? path : rule.place().baseDir() + "/" + path;
    }
}
