package dev.sluice.app.edge;

import dev.sluice.app.settings.ServerSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides what of ended runs is kept no longer. Pure: sees what it is shown, deletes nothing. */
final class Retention {
    private final ServerSettings.Retention settings;

    Retention(ServerSettings.Retention settings) {
        this.settings = settings;
    }

    /**
     * A run as retention sees it.
     *
     * @param ended it has ended, whichever way, and nobody is at work on it
     * @param last when anything became true of it, or it was submitted
     * @param logs what its jobs printed
     */
    record Seen(String id, boolean ended, Instant last, List<Log> logs) {
        Seen {
            logs = List.copyOf(logs);
        }
    }

    record Log(Path file, long bytes) {}

    /** What is to go. */
    sealed interface Act {
        String id();

        record DeleteRun(String id) implements Act {}

        record DeleteLogs(String id, List<Path> files) implements Act {
            public DeleteLogs {
                files = List.copyOf(files);
            }
        }
    }

    /** In the order of {@code runs}. */
    List<Act> due(List<Seen> runs, Instant now) {
        var acts = new ArrayList<Act>();
        for (Seen run : runs) {
            if (!run.ended()) {
                continue;
            }
            if (isOlder(run.last(), now, settings.runDays())) {
                acts.add(new Act.DeleteRun(run.id()));
                continue;
            }
            List<Path> logs = logs(run, now);
            if (!logs.isEmpty()) {
                acts.add(new Act.DeleteLogs(run.id(), logs));
            }
        }
        return acts;
    }

    private List<Path> logs(Seen run, Instant now) {
        if (isOlder(run.last(), now, settings.logDays())) {
            return run.logs().stream().map(Log::file).toList();
        }
        long bytes = run.logs().stream().mapToLong(Log::bytes).sum();
        var gone = new ArrayList<Path>();
        if (settings.logBytes() > 0) {
            var largestFirst = new ArrayList<>(run.logs());
            largestFirst.sort(
                    Comparator.comparingLong(Log::bytes).reversed().thenComparing(Log::file));
            for (Log log : largestFirst) {
                if (bytes <= settings.logBytes()) {
                    break;
                }
                gone.add(log.file());
                bytes -= log.bytes();
            }
        }
        return gone;
    }

    /** 0 days is for ever. */
    private static boolean isOlder(Instant last, Instant now, int days) {
        return days > 0 && last.isBefore(now.minus(Duration.ofDays(days)));
    }
}
