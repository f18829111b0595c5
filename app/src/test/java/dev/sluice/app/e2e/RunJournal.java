package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the journal of a sandbox's only run tells of its lives. */
record RunJournal(RunFolder run, List<Fact> facts) {

    /**
     * The only run that started anything: a command that was killed while it read the Snakefile
     * leaves a run behind that did not.
     */
    static RunJournal of(Sandbox sandbox) {
        var journals = new ArrayList<RunJournal>();
        for (RunFolder run : RunFolder.all(sandbox.folder())) {
            var facts = new ArrayList<Fact>();
            JournalReader.read(run.journal(), 0, entry -> facts.add(entry.fact()));
            if (facts.stream().anyMatch(fact -> fact instanceof Fact.AttemptStarted)) {
                journals.add(new RunJournal(run, facts));
            }
        }
        assertThat(journals).extracting(RunJournal::run).as("runs that started jobs").hasSize(1);
        return journals.getFirst();
    }

    /** An attempt by the name that its processes find in their environment. */
    private static String name(Key task, int attempt) {
        return task.text() + "-" + attempt;
    }

    int resumptions() {
        return (int) facts.stream().filter(fact -> fact instanceof Fact.RunResumed).count();
    }

    /**
     * Attempts that began under one engine and came to a good end under a later one: the journal
     * holds a resumption between their start and the finish of a job of theirs.
     */
    Set<String> adopted() {
        Map<String, Integer> startedIn = new LinkedHashMap<>();
        Set<String> adopted = new LinkedHashSet<>();
        int life = 0;
        for (Fact fact : facts) {
            if (fact instanceof Fact.RunResumed) {
                life++;
            } else if (fact instanceof Fact.AttemptStarted started) {
                startedIn.put(name(started.task(), started.attempt()), life);
            } else if (fact instanceof Fact.JobFinished finished) {
                String name = name(finished.task(), finished.attempt());
                if (startedIn.getOrDefault(name, life) < life) {
                    adopted.add(name);
                }
            }
        }
        return adopted;
    }

    /** How many times each job was said to be finished. */
    Map<String, Integer> finishes() {
        Map<String, Integer> finishes = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.JobFinished finished) {
                finishes.merge(finished.job().key().text(), 1, Integer::sum);
            }
        }
        return finishes;
    }

    /** Attempts one of whose jobs was said to be finished. */
    Set<String> finishedAttempts() {
        var finished = new LinkedHashSet<String>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.JobFinished job) {
                finished.add(name(job.task(), job.attempt()));
            }
        }
        return finished;
    }
}
