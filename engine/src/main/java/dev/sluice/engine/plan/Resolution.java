package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.rules.RuleBook;

import java.util.ArrayList;
import java.util.List;

/**
 * From targets to the jobs that lead to them; kept for the run, so that a finished checkpoint only
 * adds to it.
 */
final class Resolution {
    private final Search search;
    private final Choice choice;
    private final Assembly assembly;
    private final Targets targets;
    private final Ints rootNodes = new Ints();
    private final Ints rootCandidates = new Ints();

    Resolution(RuleBook book, PlanRequest request, Evaluator evaluator, FileFacts files) {
        search = new Search(book, request, evaluator, files);
        choice = new Choice(search, request.options().allowAmbiguity());
        assembly = new Assembly(search, choice);
        targets = new Targets(search.patterns, book, request);
    }

    Search search() {
        return search;
    }

    Targets targets() {
        return targets;
    }

    Assembly assembly() {
        return assembly;
    }

    /** Looks for everything that leads to the targets. Problems that stop the plan. */
    List<Problem> resolve() {
        for (int rule : targets.roots.rules()) {
            rootCandidates.add(search.rootCandidate(rule));
        }
        for (String file : targets.roots.files()) {
            rootNodes.add(search.target(file));
        }
        search.run();
        return walk(new Ints());
    }

    /** Asks again for the inputs of jobs, by candidate. Problems that stop the plan. */
    List<Problem> renew(Ints stale) {
        search.renew(stale);
        choice.renew(stale);
        return walk(stale);
    }

    PlanColumns columns() {
        Ints roots = new Ints();
        for (int i = 0; i < rootCandidates.size(); i++) {
            roots.add(rootCandidates.get(i));
        }
        for (int i = 0; i < rootNodes.size(); i++) {
            roots.add(choice.producer(rootNodes.get(i)));
        }
        return assembly.assemble(roots);
    }

    private List<Problem> walk(Ints more) {
        boolean whole = walkOnce(more);
        while (search.hasWork()) {
            search.run();
            choice.renew(new Ints());
            whole = walkOnce(more);
        }
        if (!choice.ambiguities().isEmpty()) {
            return choice.ambiguities();
        }
        return whole ? List.of() : new Failure(search).explain(failing(more));
    }

    private boolean walkOnce(Ints more) {
        boolean whole = true;
        for (int i = 0; i < rootCandidates.size(); i++) {
            whole &= choice.walkCandidate(rootCandidates.get(i));
        }
        for (int i = 0; i < rootNodes.size(); i++) {
            whole &= choice.walkNode(rootNodes.get(i));
        }
        for (int i = 0; i < more.size(); i++) {
            whole &= choice.walkCandidate(more.get(i));
        }
        return whole;
    }

    private List<Failure.Root> failing(Ints more) {
        List<Failure.Root> failing = new ArrayList<>();
        for (int i = 0; i < rootCandidates.size(); i++) {
            if (!choice.walkCandidate(rootCandidates.get(i))) {
                failing.add(new Failure.Root(-1, rootCandidates.get(i)));
            }
        }
        for (int i = 0; i < rootNodes.size(); i++) {
            if (!choice.walkNode(rootNodes.get(i))) {
                failing.add(new Failure.Root(rootNodes.get(i), -1));
            }
        }
        for (int i = 0; i < more.size(); i++) {
            if (!choice.walkCandidate(more.get(i))) {
                failing.add(new Failure.Root(-1, more.get(i)));
            }
        }
        return failing;
    }
}
