package dev.sluice.app.report;

import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.PlanTable;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import java.nio.file.Files;

/** All that is known of a run at the moment of its report. */
record ReportedRun(
        RunFolder folder, RunView view, PlanTable plan, JobColumns jobs, RunStanding standing) {
    static ReportedRun of(RunFolder folder) {
        PlanTable plan = PlanTable.of(folder);
        var view = new RunView();
        var jobs = new JobColumns(view, plan);
        if (Files.exists(folder.journal())) {
            JournalReader.read(folder.journal(), 0, jobs::apply);
        }
        return new ReportedRun(folder, view, plan, jobs, RunStanding.of(folder, view.head()));
    }

    /** Whether the row is a job of the plan; others are known by facts only. */
    boolean isPlanned(int row) {
        return row < jobs.planRows();
    }
}
