package dev.sluice.engine.plan;

import java.util.List;

/** What becomes of a plan after checkpoints have finished. */
public sealed interface Replanned {
    /**
     * The plan that holds from now on. Jobs that lasted keep their ids.
     *
     * @param added ids of new jobs
     * @param rewired ids of jobs whose inputs, needs or need to run are others now
     * @param removed ids that no longer name a job; among them may be finished ones that nothing
     *     needs any more
     */
    record PlanChanged(
            Plan plan,
            List<Integer> added,
            List<Integer> rewired,
            List<Integer> removed,
            List<Problem> warnings)
            implements Replanned {
        public PlanChanged {
            added = List.copyOf(added);
            rewired = List.copyOf(rewired);
            removed = List.copyOf(removed);
            warnings = List.copyOf(warnings);
        }
    }

    record Refused(List<Problem> problems) implements Replanned {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
