package dev.sluice.app.watch;

import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.PlanTable;
import dev.sluice.engine.view.RunCounts;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

/**
 * What is known of a run at one moment. Its parts go on changing: good only within {@link
 * Watch#read}, or while a {@link WatchListener} is told.
 *
 * @param standing looked at once a second; a run that nobody in this server plans or runs any more,
 *     and that has no end on record, is broken off
 */
public record Folded(
        RunHead head,
        RunCounts counts,
        RunView view,
        PlanTable plan,
        JobColumns jobs,
        RunStanding standing) {}
