package dev.sluice.app.host;

import dev.sluice.app.cli.HostedEngine;

import java.util.List;

/** Command lines as the server has them run: with no more cores than it has itself. */
final class Words {
    private Words() {}

    static List<String> of(List<String> words, int cores) {
        return HostedEngine.withCores(words, cores);
    }

    /** What was recorded holds where nothing else is said. */
    static List<String> ofResume(List<String> changes, int cores) {
        return HostedEngine.resumeWithCores(changes, cores);
    }
}
