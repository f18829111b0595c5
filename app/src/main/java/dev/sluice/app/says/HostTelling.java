package dev.sluice.app.says;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.Telling;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Wish;

/** Tells one of the server's runs by way of the server. */
record HostTelling(Runs runs, HostedRun run) implements Telling {
    @Override
    public void tell(RunFolder folder, Wish wish) {
        switch (wish) {
            case Wish.CancelRun() -> runs.cancel(run, true);
            case Wish.CancelTask _, Wish.RetryTask _ -> runs.wish(run, wish);
        }
    }

    @Override
    public boolean isUnheard(RunFolder folder) {
        return Telling.BY_FILE.isUnheard(folder);
    }

    @Override
    public boolean isInCare(RunFolder folder) {
        return runs.isActive(run);
    }
}
