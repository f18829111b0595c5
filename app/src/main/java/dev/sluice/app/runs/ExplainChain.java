package dev.sluice.app.runs;

import dev.sluice.app.runs.ExplainCauses.Cause;
import dev.sluice.app.runs.Explanation.Link;
import dev.sluice.engine.plan.Plan;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * From a job that would run to the roots of it: along its inputs to the jobs that make them, and
 * from a missing output to those that need it. Each job is looked at once; a long chain is cut.
 */
final class ExplainChain {
    private static final int LONGEST = 24;
    private static final int FOLLOWED = 3;

    private final Plan plan;
    private final ExplainCauses causes;

    ExplainChain(Plan plan, ExplainCauses causes) {
        this.plan = plan;
        this.causes = causes;
    }

    /** {@code from} is the job that led there, or -1. */
    private record Step(int job, int depth, int from) {}

    /** Depth first, so that each job stands below the one that it explains. */
    List<Link> of(int asked) {
        List<Link> links = new ArrayList<>();
        BitSet seen = new BitSet();
        Deque<Step> left = new ArrayDeque<>(List.of(new Step(asked, 0, -1)));
        while (!left.isEmpty()) {
            Step step = left.pop();
            if (seen.get(step.job())) {
                continue;
            }
            seen.set(step.job());
            List<Cause> own =
                    causes.of(step.job()).stream()
                            .filter(cause -> !leadsBack(cause, step))
                            .toList();
            if (links.size() + own.size() > LONGEST) {
                links.add(link(step, "cut", "… and so on", List.of()));
                return links;
            }
            for (Cause cause : own) {
                links.add(link(step, cause.kind().word(), cause.text(), cause.files()));
            }
            followed(own, seen).reversed().forEach(job -> left.push(step(job, step)));
        }
        return links;
    }

    private static Step step(int job, Step from) {
        return new Step(job, from.depth() + 1, from.job());
    }

    /** Who needs a missing file says nothing new when it only waits for that file. */
    private static boolean leadsBack(Cause cause, Step step) {
        return cause.kind() == ExplainCauses.Kind.MADE_ANEW
                && cause.jobs().equals(List.of(step.from()));
    }

    private Link link(Step step, String cause, String text, List<String> files) {
        return new Link(step.depth(), causes.named(step.job()), cause, text, files);
    }

    /** A job with a cause of its own would run whether its outputs are needed or not. */
    private static List<Integer> followed(List<Cause> causes, BitSet seen) {
        boolean rooted = causes.stream().anyMatch(Cause::isRoot);
        List<Integer> jobs = new ArrayList<>();
        for (Cause cause : causes) {
            if (rooted && cause.kind() == ExplainCauses.Kind.MISSING) {
                continue;
            }
            cause.jobs().stream().filter(job -> !seen.get(job)).limit(FOLLOWED).forEach(jobs::add);
        }
        return jobs;
    }

    /** Why the job would run, as the end of a sentence: its own causes, else that at the root. */
    String because(int job) {
        List<Cause> all = causes.of(job);
        List<Cause> own = all.stream().filter(Cause::isRoot).toList();
        if (!own.isEmpty()) {
            return joined(own);
        }
        if (all.isEmpty()) {
            return "another job of the plan needs it";
        }
        Cause first = all.getFirst();
        Root root = rootOf(job);
        if (root == null) {
            return first.text();
        }
        return first.jobs().contains(root.job())
                ? first.text() + ": " + root.cause().text()
                : first.text()
                        + "; at the root of it is "
                        + causes.selector(root.job())
                        + ": "
                        + root.cause().text();
    }

    private static String joined(List<Cause> own) {
        String text = own.getFirst().text();
        if (own.size() == 2) {
            return text + ", and " + own.getLast().text();
        }
        return own.size() == 1
                ? text
                : text + ", and for " + ExplainWords.count(own.size() - 1, "more reason");
    }

    private record Root(int job, Cause cause) {}

    /** The nearest job with a cause of its own; where there is none, one with a missing output. */
    private @Nullable Root rootOf(int asked) {
        Root missing = null;
        BitSet seen = new BitSet();
        seen.set(asked);
        Deque<Integer> left = new ArrayDeque<>(List.of(asked));
        while (!left.isEmpty()) {
            int job = left.remove();
            for (Cause cause : causes.of(job)) {
                if (cause.isRoot() && job != asked) {
                    return new Root(job, cause);
                }
                if (missing == null && job != asked && cause.kind() == ExplainCauses.Kind.MISSING) {
                    missing = new Root(job, cause);
                }
                for (int behind : cause.jobs()) {
                    if (!seen.get(behind) && plan.runs(behind)) {
                        seen.set(behind);
                        left.add(behind);
                    }
                }
            }
        }
        return missing;
    }
}
