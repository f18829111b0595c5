package dev.sluice.app.runs;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.journal.Wishes;

/** How a run is told what somebody wants of it. */
public interface Telling {
    /** Leaves the wish for whoever is at work on the run; does not wait. */
    void tell(RunFolder run, Wish wish);

    /** Whether what was told last was not heard by anybody yet. */
    boolean isUnheard(RunFolder run);

    /**
     * Whether somebody looks after the run though nobody holds it at this moment, so that a wish
     * reaches it all the same.
     */
    boolean isInCare(RunFolder run);

    /** A file in the run's folder, which its engine finds. */
    Telling BY_FILE =
            new Telling() {
                @Override
                public void tell(RunFolder run, Wish wish) {
                    new Wishes(run).leave(wish);
                }

                @Override
                public boolean isUnheard(RunFolder run) {
                    return new Wishes(run).isWaiting();
                }

                @Override
                public boolean isInCare(RunFolder run) {
                    return false;
                }
            };
}
