package dev.sluice.app.inspect;

import dev.sluice.app.show.FileGraphText;
import dev.sluice.app.show.GraphText;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.RuleGraph;
import dev.sluice.engine.rules.RuleBook;

import java.util.List;

/**
 * What can be said of a loaded workflow or of a plan alone, as text that ends with a line break.
 * Never looks at a file and never asks Python; what does is {@link FileStates}, {@link Untracked},
 * {@link OutputRemoval} and {@link Lint}.
 */
public final class Inspections {
    private Inspections() {}

    /** The languages in which a graph can be written. */
    public enum Format {
        DOT,
        MERMAID;

        /**
         * The format of a word of {@code --dag}: {@code dot} or {@code mermaid-js}; null, the
         * option alone, is dot.
         */
        public static Format of(@org.jspecify.annotations.Nullable String word) {
            return "mermaid-js".equals(word) ? MERMAID : DOT;
        }
    }

    /** What {@code --list} prints: a line a rule, by name, the docstring in brackets. */
    public static String ruleList(RuleBook book) {
        return RuleList.of(book.rules());
    }

    /** The same of the rules that can be asked for by name: those without wildcards. */
    public static String targetRuleList(RuleBook book) {
        return RuleList.of(book.rules().stream().filter(RuleList::isTarget).toList());
    }

    /** What {@code --dag} prints: all jobs of the plan, dashed where they do not run. */
    public static String dag(RuleBook book, Plan plan, Format format) {
        return text(book, JobGraph.of(plan), format);
    }

    /** What {@code --rulegraph} prints: the rules of the plan's jobs. */
    public static String ruleGraph(RuleBook book, Plan plan, Format format) {
        var drawing = new RuleDrawing(RuleGraph.of(plan));
        return text(book, new JobGraph(drawing.nodes(), drawing.edges()), format);
    }

    /**
     * What {@code --filegraph} prints: the rules of the plan's jobs with their file patterns, as
     * dot.
     */
    public static String fileGraph(RuleBook book, Plan plan) {
        var drawing = new RuleDrawing(RuleGraph.of(plan));
        return FileGraphText.dot(names(book), drawing.tables(), drawing.edges());
    }

    private static String text(RuleBook book, JobGraph graph, Format format) {
        return switch (format) {
            case DOT -> GraphText.dot(names(book), graph.nodes(), graph.edges());
            case MERMAID -> GraphText.mermaid(names(book), graph.nodes(), graph.edges());
        };
    }

    private static List<String> names(RuleBook book) {
        return book.rules().stream().map(rule -> rule.name()).toList();
    }
}
