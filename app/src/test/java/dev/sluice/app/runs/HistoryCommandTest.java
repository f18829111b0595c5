package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

class HistoryCommandTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");

    @TempDir Path workdir;
    private final Said said = new Said();

    @Test
    void everyMakingIsToldTheNewestFirst() {
        try (var run = RunSketch.planned(workdir, 2);
                var later = RunSketch.planned(workdir, RunSketch.BEGIN.plusSeconds(600), 1)) {
            run.running(A, 1).finished(A, 1).running(B, 1).finished(B, 1);
            run.ended(RunOutcome.SUCCEEDED);
            later.running(A, 1).failed(A, 1).ended(RunOutcome.FAILED);
            assertThat(history(later, "out/A.bam")).isZero();
            assertThat(said.out())
                    .isEqualTo(
                            """
                            out/A.bam: not there

                            2026-11-24 10:10:00 (1 min ago)  not made by align, sample=A
                                failure    exit code 3
                                reason     Missing output files: out/A.bam
                                command    bwa reads/A.fq > out/A.bam
                                inputs     reads/A.fq
                                params     '-k', 19
                                outputs    out/A.bam
                                took       0.5 s, exit code 3
                                log        .sluice/runs/%2$s/logs/aaaaaaaa-1
                                run        %2$s, attempt 1 on local for ada

                            2026-11-24 10:00:01 (10 min ago)  made by align, sample=A
                                reason     Missing output files: out/A.bam
                                command    bwa reads/A.fq > out/A.bam
                                inputs     reads/A.fq
                                params     '-k', 19
                                outputs    out/A.bam (12 B)
                                took       1.5 s, CPU 0.9 s, memory 25 MB, exit code 0
                                log        .sluice/runs/%1$s/logs/aaaaaaaa-1
                                rule's log logs/align.log
                                run        %1$s, attempt 1 on local for ada
                            """
                                    .formatted(run.id(), later.id()));
        }
    }

    @Test
    void aFileIsHeldAgainstWhatItsJobLeft() throws IOException {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).finished(A, 1);
            Path file = Files.createDirectory(workdir.resolve("out")).resolve("A.bam");
            Files.writeString(file, "twelve bytes");
            Files.setLastModifiedTime(file, FileTime.from(34, TimeUnit.NANOSECONDS));
            history(run, "out/A.bam");
            assertThat(said.out()).startsWith("out/A.bam: as its last job left it\n");
            Files.writeString(file, "more than twelve bytes");
            history(run, "out/A.bam");
            assertThat(said.out()).contains("out/A.bam: changed since its last job\n");
        }
    }

    @Test
    void aFileInAFolderThatWasMadeHasTheFoldersHistory() {
        var folder = new Job(new Key("d0d0d0d0"), "split", new LinkedHashMap<>(), List.of("parts"));
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(folder, 1).finished(folder, 1);
            history(run, "parts/7.txt");
            assertThat(said.out()).contains("made by split");
        }
    }

    @Test
    void whatBefellItWithoutAJobIsToldToo() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).finished(A, 1).after(1000);
            run.fact(new Fact.OutputsTouched(List.of(new JobRecord.Output("out/A.bam", 1, 2))));
            run.after(1000).fact(new Fact.TempDeleted(List.of("out/A.bam")));
            run.after(1000).fact(new Fact.OutputsForgotten(List.of("out/A.bam", "b")));
            history(run, "out/A.bam", "--json");
            assertThat(said.json())
                    .extracting(json -> json.get("event"))
                    .containsExactly("forgotten", "deleted", "touched", "made");
        }
    }

    @Test
    void whoResumedTheRunIsNamedForWhatWasMadeAfterwards() {
        try (var run = RunSketch.planned(workdir, 2)) {
            run.running(A, 1).finished(A, 1).resumed().running(B, 1).finished(B, 1);
            history(run, "out/A.bam", "--json");
            history(run, "out/B.bam", "--json");
            assertThat(said.json())
                    .extracting(json -> json.get("user"))
                    .containsExactly("ada", "bob");
            assertThat(said.json().getFirst())
                    .containsEntry("owner", "grace")
                    .containsEntry("command", "bwa reads/A.fq > out/A.bam")
                    .containsEntry("params", List.of("'-k'", "19"))
                    .containsEntry("input", List.of("reads/A.fq"))
                    .containsEntry("cpu_seconds", 0.9)
                    .containsEntry("max_rss_bytes", 25_000_000)
                    .containsEntry("input_sha256", Map.of("reads/A.fq", "e3b0c442"));
        }
    }

    @Test
    void aFileThatNoRunMadeIsAnErrorWithTheNearest() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).finished(A, 1);
            UsageError error =
                    catchThrowableOfType(UsageError.class, () -> history(run, "out/A.bm"));
            assertThat(error).hasMessage("no run of this folder made out/A.bm");
            assertThat(error.hint()).isEqualTo("did you mean out/A.bam?");
        }
    }

    @Test
    void aDamagedJournalDoesNotHideTheOthers() throws IOException {
        try (var broken = RunSketch.planned(workdir, 1);
                var run = RunSketch.planned(workdir, RunSketch.BEGIN.plusSeconds(60), 1)) {
            broken.running(A, 1).finished(A, 1);
            run.running(A, 1).finished(A, 1);
            Damage.inTheMiddle(workdir, broken.id());
            history(run, "out/A.bam", "--json");
            assertThat(said.json()).hasSize(1);
            assertThat(said.err()).contains("run " + broken.id() + " cannot be read whole");
        }
    }

    private int history(RunSketch last, String... words) {
        var times = Said.at(last.now().plusSeconds(60));
        return new HistoryCommand(said.terminal(), workdir, Map.of(), times).run(List.of(words));
    }
}
