package dev.sluice.app.e2e;

import dev.sluice.engine.journal.RunFolder;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the supervisors of a sandbox's only run wrote down of ends. */
record SupervisorRecords(Set<String> well) {

    static SupervisorRecords of(Sandbox sandbox) {
        var well = new LinkedHashSet<String>();
        RunFolder run = RunJournal.of(sandbox).run();
        for (String line : sandbox.lines(".sluice/runs/" + run.id() + "/supervisor")) {
            List<String> words = List.of(line.split(" "));
            if (words.size() > 2 && words.get(0).equals("ended") && words.get(2).equals("code=0")) {
                well.add(words.get(1));
            }
        }
        return new SupervisorRecords(well);
    }

    /** How many ends are on record, good and bad. */
    static long ends(Sandbox sandbox) {
        RunFolder run = RunJournal.of(sandbox).run();
        return sandbox.lines(".sluice/runs/" + run.id() + "/supervisor").stream()
                .filter(line -> line.startsWith("ended "))
                .count();
    }

    boolean endedWell(String process) {
        return well.contains(process);
    }
}
