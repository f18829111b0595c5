package dev.sluice.app.rest;

import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.watch.Folded;
import dev.sluice.app.watch.Watches;

import java.util.function.BiFunction;
import java.util.function.Function;

/** Looks at the jobs of a run, for those who may. */
final class Looking {
    private final Guard guard;
    private final Watches watches;

    Looking(Guard guard, Watches watches) {
        this.guard = guard;
        this.watches = watches;
    }

    /** What is seen, while it is seen. */
    record Seen(HostedRun run, Folded folded, JobRows rows) {}

    <T> T at(Request request, Function<Seen, T> look) {
        return at(guard.run(request, Action.LOOK), look);
    }

    /** With something that is read before, while nobody has to wait for it. */
    <B, T> T at(Request request, Function<HostedRun, B> before, BiFunction<Seen, B, T> look) {
        HostedRun run = guard.run(request, Action.LOOK);
        B read = before.apply(run);
        return at(run, seen -> look.apply(seen, read));
    }

    private <T> T at(HostedRun run, Function<Seen, T> look) {
        return watches.of(run)
                .read(
                        folded ->
                                look.apply(
                                        new Seen(
                                                run,
                                                folded,
                                                new JobRows(folded.jobs(), folded.plan()))));
    }
}
