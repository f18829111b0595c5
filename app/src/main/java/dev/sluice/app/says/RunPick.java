package dev.sluice.app.says;

import dev.sluice.app.access.Access;
import dev.sluice.app.access.Action;
import dev.sluice.app.access.Principal;
import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.RunChoice;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RunHead;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Which run of the server a principal means, among those that it may look at. */
final class RunPick {
    private final Runs runs;
    private final Access access;
    private final Principal principal;

    RunPick(Runs runs, Access access, Principal principal) {
        this.runs = runs;
        this.access = access;
        this.principal = principal;
    }

    /** The newest first. */
    List<HostedRun> visible() {
        return runs.list().stream().filter(run -> may(Action.LOOK, run)).toList();
    }

    /** Whether the word is the beginning of an id. */
    boolean isRun(String word) {
        return word.equals("latest")
                || visible().stream().anyMatch(run -> run.id().startsWith(word));
    }

    /** The run in the path; the words may name it once more. */
    HostedRun pinned(String id, @Nullable String named) {
        HostedRun run = runs.find(id);
        if (run == null || !may(Action.LOOK, run)) {
            throw Refusal.noRun("there is no run `" + id + "`", null);
        }
        if (named != null && !named.equals("latest") && !id.startsWith(named)) {
            throw Refusal.words("`" + named + "` is not run " + id, "name the run once");
        }
        return run;
    }

    /**
     * The run that the words name, else the latest of the principal that the command is for; null
     * where there is nothing to resume.
     */
    @Nullable HostedRun named(@Nullable String word, ServerCommand command) {
        List<HostedRun> all = visible();
        if (all.isEmpty()) {
            throw Refusal.noRun("there are no runs on this server", "`sluice submit` makes one");
        }
        if (word != null && !word.equals("latest")) {
            return named(all, word);
        }
        List<HostedRun> own =
                all.stream()
                        .filter(run -> run.submission().owner().equals(principal.name()))
                        .toList();
        List<HostedRun> meant = own.isEmpty() ? all : own;
        return switch (command) {
            case RESUME ->
                    word == null
                            ? meant.stream().filter(this::canGoOn).findFirst().orElse(null)
                            : meant.getFirst();
            case ATTACH, CANCEL ->
                    word == null
                            ? meant.stream()
                                    .filter(runs::isActive)
                                    .findFirst()
                                    .orElse(meant.getFirst())
                            : meant.getFirst();
            case RUNS, STATUS, LOGS, EXPLAIN, HISTORY -> meant.getFirst();
        };
    }

    private static HostedRun named(List<HostedRun> all, String word) {
        try {
            RunFolder chosen =
                    RunChoice.among(all.reversed().stream().map(HostedRun::folder).toList(), word);
            return all.stream()
                    .filter(run -> run.id().equals(chosen.id()))
                    .findFirst()
                    .orElseThrow();
        } catch (UsageError e) {
            throw Refusal.noRun(e.text(), e.hint());
        }
    }

    /** Throws where the principal may only look. */
    void maySteer(HostedRun run) {
        if (!may(Action.STEER, run)) {
            throw new Refusal(
                    403,
                    "Not allowed",
                    principal.name()
                            + " may not steer run "
                            + run.id()
                            + " of "
                            + run.submission().owner(),
                    null);
        }
    }

    private boolean may(Action action, HostedRun run) {
        return access.may(principal, action, run.submission().owner());
    }

    private boolean canGoOn(HostedRun run) {
        if (runs.isActive(run)) {
            return false;
        }
        try {
            return !Files.exists(run.folder().journal())
                    || RunHead.of(run.folder()).outcome() != RunOutcome.SUCCEEDED;
        } catch (JournalUnreadable | UncheckedIOException e) {
            return false;
        }
    }
}
