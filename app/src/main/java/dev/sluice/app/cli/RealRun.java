package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.show.PlanText;
import dev.sluice.engine.journal.HeldElsewhere;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.JournalFailure;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Wishes;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.TakenOver;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A run on this machine: plans, takes hold of what is to be made, lets the run go, and says how it
 * ended. Goes on with an earlier run where that was asked for, or where a dead one holds the same
 * outputs.
 */
final class RealRun {
    private static final DateTimeFormatter LOG_NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss.SSSSSS", Locale.ROOT);

    private final Terminal terminal;
    private final Workflow workflow;
    private final RunOptions options;
    private final List<String> words;
    private final Provenance past;
    private final Surroundings around;

    private RealRun(Terminal terminal, Workflow workflow, List<String> words, Surroundings around) {
        this.around = around;
        this.terminal = terminal;
        this.workflow = workflow;
        this.options = workflow.options();
        this.words = words;
        past = Provenance.load(workflow.folder());
        past.troubles().forEach(trouble -> Messages.warning(terminal, trouble));
        // A large run that was killed is read again only once.
        past.saveIfMuchIsNew();
    }

    /** A run that begins; {@code record} is kept where something is made and nothing taken over. */
    static int begin(
            Terminal terminal,
            Workflow workflow,
            List<String> words,
            RunRecord record,
            Surroundings around)
            throws IOException {
        var run = new RealRun(terminal, workflow, words, around);
        FilesAwaited.await(run.options, workflow.folder());
        Workflow.Drawn drawn = run.workflow.plan(run.past, Takeover.Made.NOTHING);
        if (drawn == null) {
            return ExitCode.BAD_INPUT;
        }
        if (drawn.plan().count() == 0) {
            run.sayUpToDate();
            return ExitCode.DONE;
        }
        if (run.options.given().has("nolock")) {
            record.keep();
            try (Hold hold = Hold.take(record.folder(), List.of())) {
                return run.remembering(() -> run.go(drawn, hold, record));
            }
        }
        RunFolder dead = Takeover.find(terminal, workflow.folder(), outputs(drawn.plan()));
        if (dead == null) {
            return run.holding(
                    record.folder(),
                    drawn,
                    hold -> {
                        record.keep();
                        record.journal().goBy(run.past.clock(Clock.systemUTC()));
                        return record;
                    });
        }
        return run.takeOver(dead, drawn);
    }

    /** Goes on with {@code earlier}, which has ended or was broken off. */
    static int resume(
            Terminal terminal,
            Workflow workflow,
            List<String> words,
            RunFolder earlier,
            Surroundings around)
            throws IOException {
        var run = new RealRun(terminal, workflow, words, around);
        FilesAwaited.await(run.options, workflow.folder());
        Workflow.Drawn drawn = run.workflow.plan(run.past, Takeover.made(earlier));
        return drawn == null ? ExitCode.BAD_INPUT : run.goOn(earlier, drawn);
    }

    /** The same command goes on with what is forced; another forces it anew. */
    private int takeOver(RunFolder dead, Workflow.Drawn drawn) throws IOException {
        EarlierRun earlier = EarlierRun.read(dead);
        if (earlier == null || !earlier.words().equals(words)) {
            return goOn(dead, drawn);
        }
        Workflow.Drawn spared = workflow.plan(past, Takeover.made(dead));
        return spared == null ? ExitCode.BAD_INPUT : goOn(dead, spared);
    }

    private int goOn(RunFolder earlier, Workflow.Drawn drawn) throws IOException {
        return holding(
                earlier,
                drawn,
                hold -> {
                    // They were meant for the engine before.
                    new Wishes(earlier).discardAll();
                    return RunRecord.goOn(
                            earlier, options, words, hold.epoch(), past.clock(Clock.systemUTC()));
                });
    }

    /** Gives the record of the run that is held now. */
    private interface Recording {
        RunRecord of(Hold hold);
    }

    private interface Going {
        int go() throws IOException;
    }

    private int remembering(Going going) throws IOException {
        try {
            return going.go();
        } finally {
            past.catchUp();
            past.saveIfMuchIsNew();
        }
    }

    private int holding(RunFolder run, Workflow.Drawn planned, Recording recording)
            throws IOException {
        List<String> wanted = outputs(planned.plan());
        Hold hold;
        try {
            Takeover.refuseWhereJobsRunElsewhere(run, workflow.folder(), wanted);
            Takeover.stopOthers(terminal, run, workflow.folder(), wanted);
            hold = Hold.take(run, wanted);
        } catch (HeldElsewhere e) {
            return heldElsewhere(e);
        }
        Workflow.Drawn drawn;
        try {
            drawn = planAgainIfOthersWorked(run, planned, hold);
        } catch (HeldElsewhere e) {
            letGoUnlessOpen(hold, run);
            return heldElsewhere(e);
        }
        if (drawn == null) {
            letGoUnlessOpen(hold, run);
            return ExitCode.BAD_INPUT;
        }
        return remembering(() -> recorded(drawn, hold, recording));
    }

    private int heldElsewhere(HeldElsewhere held) {
        Messages.error(
                terminal,
                String.valueOf(held.getMessage()),
                "wait for it (`sluice attach`), or make other targets; --nolock runs all the same");
        return ExitCode.HELD_ELSEWHERE;
    }

    /** What still runs stays protected: whoever wants its outputs takes the run over. */
    private static void letGoUnlessOpen(Hold hold, RunFolder run) {
        if (Takeover.hasNothingOpen(run)) {
            hold.close();
        }
    }

    /**
     * Between the plan and the hold another run may have made some of it. What is held nobody else
     * makes, so it ends with a plan that wants no more than that.
     */
    private Workflow.@Nullable Drawn planAgainIfOthersWorked(
            RunFolder run, Workflow.Drawn planned, Hold hold) {
        Workflow.Drawn drawn = planned;
        Set<String> held = new HashSet<>(outputs(planned.plan()));
        while (past.catchUp() > 0) {
            drawn = workflow.plan(past, Takeover.made(run));
            if (drawn == null || held.containsAll(outputs(drawn.plan()))) {
                break;
            }
            hold.change(outputs(drawn.plan()));
            held = new HashSet<>(outputs(drawn.plan()));
        }
        return drawn;
    }

    private int recorded(Workflow.Drawn drawn, Hold hold, Recording recording) throws IOException {
        boolean over = false;
        try (RunRecord record = recording.of(hold)) {
            if (drawn.plan().count() == 0
                    && Takeover.hasNothingOpen(record.folder())
                    && !hasTempFiles(drawn)) {
                record.journal()
                        .append(
                                List.of(
                                        new Fact.PlanMade(0, new LinkedHashMap<>()),
                                        new Fact.RunEnded(RunOutcome.SUCCEEDED)));
                sayUpToDate();
                over = true;
                return ExitCode.DONE;
            }
            int code = go(drawn, hold, record);
            over = ended;
            return code;
        } finally {
            if (over) {
                hold.close();
            } else {
                // What runs is still protected: whoever wants its outputs takes this run over.
                hold.abandon();
            }
        }
    }

    /** An earlier life may have ended before it deleted them. */
    private static boolean hasTempFiles(Workflow.Drawn drawn) {
        return drawn.plan().tempFiles().stream()
                .anyMatch(file -> drawn.files().look(List.of(file.path())).getFirst().exists());
    }

    private boolean ended;

    private int go(Workflow.Drawn drawn, @Nullable Hold hold, RunRecord record) throws IOException {
        DetachedRun.tellBegun(record.folder());
        Path log = logFile();
        try (PrintStream logText =
                new PrintStream(Files.newOutputStream(log), false, StandardCharsets.UTF_8)) {
            RunLoop loop =
                    new RunAssembly(terminal, workflow, words, record, past, around)
                            .loop(drawn, hold, log, logText);
            boolean leaves = options.given().has("detach-on-interrupt");
            try (Surroundings.Guard guard = around.guard(terminal, loop, leaves)) {
                RunOutcome outcome = loop.run();
                ended = outcome != null;
                say(outcome, loop.open(), log);
                return guard.code(
                        outcome == RunOutcome.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED);
            } catch (JournalFailure e) {
                Messages.error(
                        terminal,
                        String.valueOf(e.getMessage()),
                        "nothing that was finished is lost"
                                + goingOn(loop.open())
                                + "; make room, then `sluice resume`");
                return ExitCode.JOB_FAILED;
            } catch (HeldElsewhere e) {
                Messages.error(
                        terminal,
                        String.valueOf(e.getMessage()),
                        "what runs goes on; `sluice resume` once that run is over");
                return ExitCode.HELD_ELSEWHERE;
            } catch (TakenOver e) {
                Messages.error(terminal, String.valueOf(e.getMessage()), null);
                return ExitCode.HELD_ELSEWHERE;
            } catch (RuntimeException e) {
                Messages.warning(
                        terminal,
                        "this run breaks off"
                                + goingOn(loop.open())
                                + "; `sluice resume` goes on with it");
                throw e;
            }
        }
    }

    private static String goingOn(int open) {
        return switch (open) {
            case 0 -> "";
            case 1 -> ", and one job still runs";
            default -> ", and " + open + " jobs still run";
        };
    }

    private void sayUpToDate() {
        if (!options.silent("progress")) {
            terminal.err().println(PlanText.UP_TO_DATE);
        }
    }

    private void say(@Nullable RunOutcome outcome, int open, Path log) {
        if (options.silent("progress")) {
            return;
        }
        String shown = ". Complete log: " + workflow.folder().relativize(log);
        terminal.err()
                .println(
                        switch (outcome) {
                            case SUCCEEDED -> "Done" + shown;
                            case FAILED -> "Failed: see the errors above" + shown;
                            case STOPPED ->
                                    "Stopped. `sluice resume` goes on with the rest" + shown;
                            case null ->
                                    "Left"
                                            + goingOn(open)
                                            + ". `sluice resume` goes on with the run"
                                            + shown;
                        });
        terminal.err().flush();
    }

    private Path logFile() throws IOException {
        Path folder = workflow.folder().resolve(".snakemake/log");
        Files.createDirectories(folder);
        return folder.resolve(
                LocalDateTime.now(ZoneId.systemDefault()).format(LOG_NAME) + ".snakemake.log");
    }

    private static List<String> outputs(Plan plan) {
        var outputs = new ArrayList<String>();
        plan.running().stream()
                .forEach(
                        job -> {
                            for (JobFile file : plan.job(job).output().items()) {
                                outputs.add(file.path());
                            }
                        });
        return outputs;
    }
}
