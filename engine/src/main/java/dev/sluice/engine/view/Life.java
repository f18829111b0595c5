package dev.sluice.engine.view;

import dev.sluice.engine.schedule.Fact;

import java.util.List;

/**
 * An engine's part in a run: the first one began it, each further one resumed it.
 *
 * @param millis when, since 1970
 * @param argv the words behind {@code sluice run}: of a run that was resumed, those recorded with
 *     what was changed
 * @param epoch counts engines that took hold of the run; 1 for the first
 */
public record Life(
        long millis,
        List<String> argv,
        String user,
        String version,
        long epoch,
        Fact.Origin origin) {
    public Life {
        argv = List.copyOf(argv);
    }
}
