package dev.sluice.app.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.catalogue.JournalSketch;
import dev.sluice.app.catalogue.RunsSketch;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.measure.Measures.Told;
import dev.sluice.app.measure.Measures.Way;
import dev.sluice.app.watch.Folded;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.PlanTable;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

final class MeasuresTest {
    @TempDir private Path temp;

    private final Measures measures = new Measures(() -> Map.of("running", 2, "failed", 1));

    @AfterEach
    void close() {
        measures.close();
    }

    @Test
    void attemptsAreCountedAndTimedAsFactsSay() {
        HostedRun run = new RunsSketch(temp).add("ada", "one");
        try (var journal = JournalSketch.planned(run, RunsSketch.BEGIN, 4)) {
            journal.started("a").after(3000).running("a").after(20_000).finished("a");
            journal.started("b").after(500).running("b").failed("b").started("c");
            List<Entry> news = journal.entries();
            measures.folded(run, folded(run, news, RunStanding.State.RUNNING), news);
        }
        assertThat(scraped())
                .contains(
                        "sluice_attempts_started_total{executor=\"local\"} 3.0",
                        "sluice_attempts_ended_total{end=\"succeeded\",executor=\"local\"} 1.0",
                        "sluice_attempts_ended_total{end=\"failed\",executor=\"local\"} 1.0",
                        "sluice_attempts_ended_total{end=\"evicted\",executor=\"local\"} 0.0",
                        "sluice_queue_time_seconds_count{executor=\"local\"} 2",
                        "sluice_queue_time_seconds_sum{executor=\"local\"} 3.5",
                        "sluice_run_time_seconds_sum{executor=\"local\"} 20.0",
                        "sluice_jobs{state=\"queued\"} 1.0",
                        "sluice_jobs{state=\"finished\"} 1.0",
                        "sluice_jobs{state=\"failed\"} 1.0",
                        "sluice_runs{state=\"running\"} 2.0",
                        "sluice_runs{state=\"succeeded\"} 0.0");
    }

    @Test
    void whatAnEarlierServerStartedIsTimedWhenItEnds() {
        HostedRun run = new RunsSketch(temp).add("ada", "one");
        try (var journal = JournalSketch.planned(run, RunsSketch.BEGIN, 1)) {
            journal.started("a").after(1000).running("a");
            int old = journal.entries().size();
            journal.after(60_000).finished("a").ended(RunOutcome.SUCCEEDED);
            List<Entry> all = journal.entries();
            List<Entry> news = all.subList(old, all.size());
            measures.folded(run, folded(run, all, RunStanding.State.SUCCEEDED), news);
        }
        assertThat(scraped())
                .contains(
                        "sluice_attempts_started_total{executor=\"local\"} 0.0",
                        "sluice_attempts_ended_total{end=\"succeeded\",executor=\"local\"} 1.0",
                        "sluice_run_time_seconds_count{executor=\"local\"} 1",
                        "sluice_runs_ended_total{state=\"succeeded\"} 1.0",
                        "sluice_jobs{state=\"finished\"} 0.0");
    }

    @Test
    void engineAndEdgeAreHeard() {
        measures.journalWritten(12, 2_000_000);
        measures.synced(30_000_000);
        measures.helperCalled("functions", 40, 7_000_000);
        measures.decided(3, 100_000);
        measures.executorTrouble("slurm");
        measures.told(Way.WEBHOOK, Told.RETRIED);
        assertThat(scraped())
                .contains(
                        "sluice_facts_written_total 12.0",
                        "sluice_journal_write_seconds_sum 0.002",
                        "sluice_journal_sync_seconds_count 1",
                        "sluice_helper_call_seconds_count{what=\"functions\"} 1",
                        "sluice_scheduling_seconds_count 1",
                        "sluice_executor_errors_total{executor=\"slurm\"} 1.0",
                        "sluice_attempts_started_total{executor=\"slurm\"} 0.0",
                        "sluice_notifications_total{result=\"retried\",way=\"webhook\"} 1.0");
    }

    @Test
    void executorsWithoutEndMakeNoFiguresWithoutEnd() {
        for (int i = 0; i < 1000; i++) {
            measures.executorTrouble("cluster-" + i);
        }
        long lines = scraped().stream().filter(l -> l.startsWith("sluice_executor_errors")).count();
        assertThat(lines).isEqualTo(21);
        assertThat(scraped()).contains("sluice_executor_errors_total{executor=\"other\"} 981.0");
    }

    @Test
    void thePageNamesEveryFigureAndNoOther() throws IOException {
        var help = new TreeSet<String>();
        for (String line : scraped()) {
            var matcher = Pattern.compile("# HELP (sluice_\\S+?)(_max)? (.+)").matcher(line);
            if (matcher.matches()) {
                help.add(matcher.group(1) + " | " + matcher.group(3));
            }
        }
        Path project = Path.of(System.getProperty("sluice.project.dir", ".."));
        var documented = new TreeSet<String>();
        for (String line : Files.readAllLines(project.resolve("docs/controller.md"))) {
            var matcher =
                    Pattern.compile("\\| `(sluice_\\w+)` \\|[^|]*\\|[^|]*\\|([^|]+)\\|")
                            .matcher(line);
            if (matcher.matches()) {
                documented.add(matcher.group(1) + " | " + matcher.group(2).strip());
            }
        }
        assertThat(documented).isEqualTo(help).isNotEmpty();
    }

    @Test
    void theProcessIsMeasuredToo() {
        assertThat(measures.scrape())
                .contains("jvm_memory_used_bytes", "process_cpu_usage", "process_uptime_seconds");
    }

    private List<String> scraped() {
        return measures.scrape().lines().toList();
    }

    private static Folded folded(HostedRun run, List<Entry> entries, RunStanding.State state) {
        var view = new RunView();
        PlanTable plan = PlanTable.of(run.folder());
        var jobs = new JobColumns(view, plan);
        entries.forEach(jobs::apply);
        return new Folded(
                view.head(), view.counts(), view, plan, jobs, new RunStanding(state, "", -1));
    }
}
