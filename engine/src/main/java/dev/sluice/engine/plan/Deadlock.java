package dev.sluice.engine.plan;

/** Gets the search going again where files and candidates wait for each other in circles. */
final class Deadlock {
    private final Search search;
    private final FileNodes nodes;
    private final Candidates candidates;

    Deadlock(Search search) {
        this.search = search;
        nodes = search.nodes;
        candidates = search.candidates;
    }

    /** Whether something was done: then the search goes on. */
    boolean breakOne() {
        boolean done = openAll() || takeOneSource() || giveUp() || dropUndecided();
        search.propagate();
        return done;
    }

    /** Candidates that were spared because a preferred one might work. */
    private boolean openAll() {
        boolean opened = false;
        for (int node = 0; node < nodes.size(); node++) {
            if (nodes.state.get(node) != FileNodes.UNKNOWN) {
                continue;
            }
            for (int candidate : nodes.candidates.get(node)) {
                if (candidates.state.get(candidate) == Candidates.DORMANT) {
                    search.open(candidate);
                    opened = true;
                }
            }
        }
        return opened;
    }

    /** The file found last of those that lie there is taken as it is. */
    private boolean takeOneSource() {
        boolean taken = false;
        for (int node = nodes.size() - 1; node >= 0; node--) {
            if (nodes.state.get(node) == FileNodes.UNKNOWN
                    && search.known.exists(nodes.path.get(node))) {
                dropCandidates(node);
                search.propagate();
                taken = true;
            }
        }
        return taken;
    }

    private boolean giveUp() {
        boolean given = false;
        for (int node = 0; node < nodes.size(); node++) {
            if (nodes.state.get(node) == FileNodes.UNKNOWN) {
                dropCandidates(node);
                given = true;
            }
        }
        return given;
    }

    /** Candidates in circles of files that another candidate makes. */
    private boolean dropUndecided() {
        boolean dropped = false;
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            if (candidates.state.get(candidate) == Candidates.OPEN) {
                search.discard(candidate, Problems.cycle(search, candidate));
                dropped = true;
            }
        }
        return dropped;
    }

    private void dropCandidates(int node) {
        for (int candidate : nodes.candidates.get(node)) {
            if (candidates.state.get(candidate) == Candidates.OPEN) {
                search.discard(candidate, Problems.cycle(search, candidate));
            }
        }
        search.review(node);
    }
}
