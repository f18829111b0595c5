package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.FormatRequest;
import dev.sluice.engine.format.PythonFormat;
import dev.sluice.engine.format.Scope;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.Value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Formats the texts of jobs, by ourselves where we can. */
final class Texts {
    private final Evaluator evaluator;
    private final SequencedMap<String, Value> globals;
    private final Map<String, PythonFormat> parsed = new HashMap<>();

    Texts(RuleBook book, Evaluator evaluator) {
        this.evaluator = evaluator;
        globals = Scope.globals(book);
    }

    List<Formatted> format(List<Template> templates) {
        List<Formatted> results = new ArrayList<>(templates.size());
        List<FormatRequest> requests = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Template template : templates) {
            switch (own(template)) {
                case dev.sluice.engine.format.Formatted.Text text ->
                        results.add(new Formatted.Text(text.text()));
                case dev.sluice.engine.format.Formatted.Failed failed ->
                        results.add(failed(template, failed));
                case dev.sluice.engine.format.Formatted.NeedsPython needs -> {
                    places.add(results.size());
                    results.add(new Formatted.Text(""));
                    requests.add(
                            new FormatRequest(
                                    template.text(), template.what(), template.job().arguments()));
                }
            }
        }
        if (!requests.isEmpty()) {
            List<Answer> answers = evaluator.format(requests);
            for (int i = 0; i < answers.size(); i++) {
                int place = places.get(i);
                results.set(place, answered(templates.get(place), answers.get(i)));
            }
        }
        return results;
    }

    private dev.sluice.engine.format.Formatted own(Template template) {
        PythonFormat format = parsed.computeIfAbsent(template.text(), PythonFormat::parse);
        boolean ofModule = template.job().job().rule().place().module() != null;
        SequencedMap<String, Value> seen = ofModule ? new LinkedHashMap<>() : globals;
        return format.format(Scope.of(template.job().arguments(), seen));
    }

    private static Formatted failed(
            Template template, dev.sluice.engine.format.Formatted.Failed failed) {
        PlannedJob job = template.job().job();
        return new Formatted.Failed(
                new Problem(
                        PlanCode.FORMAT_FAILED,
                        failed.message(),
                        job.rule().name(),
                        job.rule().place(),
                        Problems.wildcards(job.wildcards()),
                        failed.hint(),
                        null));
    }

    private static Formatted answered(Template template, Answer answer) {
        PlannedJob job = template.job().job();
        return switch (answer) {
            case Answer.Formatted text -> new Formatted.Text(text.text());
            case Answer.Failed failed ->
                    new Formatted.Failed(
                            Problems.function(job.rule(), job.wildcards(), failed.error()));
            case Answer.NeedsFile missing ->
                    new Formatted.Failed(
                            Problems.function(job.rule(), job.wildcards(), missing.error()));
            case Answer.NeedsCheckpoint needed -> throw unexpected(needed);
            case Answer.Files files -> throw unexpected(files);
            case Answer.Of of -> throw unexpected(of);
            case Answer.Script script -> throw unexpected(script);
        };
    }

    private static IllegalStateException unexpected(Answer answer) {
        return new IllegalStateException("a template was answered with " + answer);
    }
}
