package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The names of a request sorted into rules and files. */
final class Targets {
    /** Rules and files that a list of names stands for. */
    record Names(SequencedSet<Integer> rules, SequencedSet<String> files) {}

    private final RulePatterns patterns;
    private final RuleBook book;
    private final PlanRequest request;

    /** What the plan leads to. */
    final Names roots;

    final Names until;
    final Names omitFrom;
    final Names prioritized;

    /** What {@code -F}, {@code -f} and {@code -R} say. */
    final Names forced;

    final PlanRequest.Forcing forcing;

    Targets(RulePatterns patterns, RuleBook book, PlanRequest request) {
        this.patterns = patterns;
        this.book = book;
        this.request = request;
        forcing = request.forcing();
        until = sort(request.cut().until());
        omitFrom = sort(request.cut().omitFrom());
        prioritized = sort(request.options().prioritize());
        Names asked = sort(forcing.names());
        Names targets = sort(request.targets().isEmpty() ? defaultTarget() : request.targets());
        roots = new Names(new LinkedHashSet<>(targets.rules()), targets.files());
        for (Names more : List.of(prioritized, asked, until)) {
            more.rules().stream()
                    .filter(rule -> !patterns.of(rule).hasWildcards())
                    .forEach(roots.rules()::add);
            roots.files().addAll(more.files());
        }
        forced = forced(asked);
        PlanRequest.Batch batch = request.cut().batch();
        if (batch != null && batch.index() < batch.of()) {
            int rule = patterns.find(batch.rule());
            if (rule >= 0) {
                omitFrom.rules().add(rule);
            }
        }
    }

    /** A target rule with wildcards, or a batch that no rule is named for. */
    @Nullable Problem problem() {
        if (patterns.size() == 0) {
            return null;
        }
        for (int rule : roots.rules()) {
            if (patterns.of(rule).hasWildcards()) {
                return withWildcards(patterns.of(rule).rule());
            }
        }
        PlanRequest.Batch batch = request.cut().batch();
        if (batch != null && patterns.find(batch.rule()) < 0) {
            return Problems.ofRequest(
                    PlanCode.UNKNOWN_BATCH_RULE,
                    "--batch names the rule `" + batch.rule() + "`, which does not exist",
                    Similar.hint(batch.rule(), ruleNames()));
        }
        return null;
    }

    private static Problem withWildcards(Rule rule) {
        return Problems.ofRule(
                        PlanCode.TARGET_WITH_WILDCARDS,
                        rule,
                        "rule `" + rule.name() + "` cannot be a target: its output has wildcards",
                        List.of())
                .hinted(
                        "ask for files by name, or begin the Snakefile with a rule (often `all`)"
                                + " that has them as input");
    }

    List<String> ruleNames() {
        return book.rules().stream().map(rule -> rule.name()).toList();
    }

    private Names forced(Names asked) {
        SequencedSet<Integer> rules = new LinkedHashSet<>(asked.rules());
        SequencedSet<String> files = new LinkedHashSet<>(asked.files());
        if (forcing.all()) {
            for (int rule = 0; rule < patterns.size(); rule++) {
                rules.add(rule);
            }
        }
        if (forcing.targets()) {
            rules.addAll(roots.rules());
            files.addAll(roots.files());
        }
        return new Names(rules, files);
    }

    /** Whether the rule is what is made when nothing is asked for. */
    boolean isDefault(Rule rule) {
        return defaultTarget().contains(rule.name());
    }

    private List<String> defaultTarget() {
        String named = book.defaultTarget();
        if (named != null) {
            return List.of(named);
        }
        return book.rules().isEmpty() ? List.of() : List.of(book.rules().getFirst().name());
    }

    private Names sort(List<String> names) {
        SequencedSet<Integer> rules = new LinkedHashSet<>();
        SequencedSet<String> files = new LinkedHashSet<>();
        for (String name : names) {
            int rule = patterns.find(name);
            if (rule >= 0) {
                rules.add(rule);
            } else {
                files.add(normal(name));
            }
        }
        return new Names(rules, files);
    }

    /**
     * A relative path without {@code .}, {@code x/..} and doubled slashes, as the shell's
     * completion makes them.
     */
    static String normal(String path) {
        if (path.startsWith("/") || path.contains("://")) {
            return path;
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }
}
