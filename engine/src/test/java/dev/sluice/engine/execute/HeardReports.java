package dev.sluice.engine.execute;

import static org.awaitility.Awaitility.await;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;

/** A listener that remembers. */
public final class HeardReports implements Executor.Listener {
    private final List<AttemptReport> reports = new ArrayList<>();

    @Override
    public synchronized void heard(List<AttemptReport> more) {
        reports.addAll(more);
    }

    public synchronized List<AttemptReport> of(String process) {
        return reports.stream().filter(report -> report.process().equals(process)).toList();
    }

    public AttemptReport.Started awaitStart(String process) {
        await().atMost(30, SECONDS).until(() -> !starts(process).isEmpty());
        return starts(process).getFirst();
    }

    public AttemptReport.Ended awaitEnd(String process) {
        await().atMost(30, SECONDS).until(() -> !ends(process).isEmpty());
        return ends(process).getFirst();
    }

    /** Waits for the last word on the process, whatever it is. */
    public AttemptReport awaitLastWord(String process) {
        await().atMost(30, SECONDS)
                .until(
                        () ->
                                of(process).stream()
                                        .anyMatch(
                                                word -> !(word instanceof AttemptReport.Started)));
        return of(process).getLast();
    }

    public List<AttemptReport.Started> starts(String process) {
        return of(process).stream()
                .filter(AttemptReport.Started.class::isInstance)
                .map(AttemptReport.Started.class::cast)
                .toList();
    }

    public List<AttemptReport.Ended> ends(String process) {
        return of(process).stream()
                .filter(AttemptReport.Ended.class::isInstance)
                .map(AttemptReport.Ended.class::cast)
                .toList();
    }
}
