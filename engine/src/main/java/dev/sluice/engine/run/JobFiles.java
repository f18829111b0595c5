package dev.sluice.engine.run;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks after a job's files before and after it runs. Starts nothing and decides nothing about
 * retries.
 */
final class JobFiles {
    /** File times come from the kernel's coarse clock, which may be this much behind. */
    private static final long CLOCK_SLACK_MILLIS = 20;

    private final Path workdir;
    private final Disk disk;
    private final Shadow shadow;
    private final Backups backups;
    private final RunSettings settings;
    private final Ensure ensure;

    JobFiles(Path workdir, Path runFolder, RunSettings settings, Ensure ensure) {
        this.workdir = workdir;
        this.disk = new Disk(workdir);
        this.shadow = new Shadow(workdir, settings.shadowFolder());
        this.backups = new Backups(disk, runFolder.resolve("backups"));
        this.settings = settings;
        this.ensure = ensure;
    }

    /** Inputs that are not there; those in {@code made} come from the same attempt. */
    List<String> missingInputs(JobRun run, Set<String> made) {
        List<String> missing = new ArrayList<>();
        for (JobFile file : run.job().input().items()) {
            if (!file.stream() && !made.contains(file.path()) && !disk.exists(file.path())) {
                missing.add(file.path());
            }
        }
        return missing;
    }

    /** Says no to a job before anything of it is touched, so that what it refuses to lose stays. */
    void admit(JobRun run) throws RunFailure {
        if (!settings.touch()) {
            refuseProtected(run);
        }
    }

    /** Whether an output is there that it will replace. */
    boolean overwrites(JobRun run) {
        if (!run.acts()) {
            return false;
        }
        for (JobFile file : run.job().output().items()) {
            if (!file.stream() && disk.exists(file.path())) {
                return true;
            }
        }
        return false;
    }

    /** Makes room for what the job will write. */
    void prepare(JobRun run) throws IOException, RunFailure {
        run.preparedMillis = System.currentTimeMillis();
        if (settings.touch() || !run.acts()) {
            return;
        }
        makeTmpdir(run.ready());
        List<String> pipes = new ArrayList<>();
        for (JobFile file : run.job().output().items()) {
            if (file.flags().has(Flags.UPDATE)) {
                backups.keep(run, file.path());
            } else {
                disk.remove(file.path(), file.directory());
            }
            disk.makeParent(file.path());
            if (file.flags().has(Flags.PIPE)) {
                pipes.add(file.path());
            }
        }
        if (!pipes.isEmpty()) {
            Pipes.make(workdir, pipes);
        }
        for (JobFile file : run.job().log().items()) {
            disk.remove(file.path(), file.directory());
            disk.makeParent(file.path());
        }
        JobFile benchmark = run.job().benchmark();
        if (benchmark != null) {
            disk.makeParent(benchmark.path());
        }
        String depth = run.job().rule().options().shadow();
        if (depth != null) {
            run.shadow = shadow.make(run.job(), depth);
        }
    }

    private void refuseProtected(JobRun run) throws RunFailure {
        List<String> kept = new ArrayList<>();
        for (JobFile file : run.job().output().items()) {
            Path path = disk.at(file.path());
            if (Files.exists(path) && !Files.isWritable(path) && !Files.isSymbolicLink(path)) {
                kept.add(file.path());
            }
        }
        if (!kept.isEmpty()) {
            throw new RunFailure(
                    "write-protected output files would be overwritten: "
                            + String.join(", ", kept)
                            + " (remove the protection or the files first)");
        }
    }

    private void makeTmpdir(JobSettings job) throws IOException {
        if (job.resources().get("tmpdir") instanceof Value.Text(String folder)) {
            disk.makeFolder(folder);
        }
    }

    // After it ran ------------------------------------------------------------------------------

    /** Outputs (and the benchmark's file) that should be there and are not. */
    List<String> missingOutputs(JobRun run) {
        List<String> missing = new ArrayList<>();
        if (settings.touch()) {
            return missing;
        }
        for (JobFile file : run.job().output().items()) {
            boolean made = file.stream() || file.flags().has(Flags.TOUCH);
            if (!made && !disk.exists(placed(run, file.path()))) {
                missing.add(file.path());
            }
        }
        return missing;
    }

    /**
     * Where the job wrote it; its own place where an earlier engine had brought it back and did not
     * live to say so.
     */
    private String placed(JobRun run, String path) {
        if (run.shadow.isEmpty() || path.startsWith("/")) {
            return path;
        }
        String inShadow = run.shadow + "/" + path;
        return disk.exists(inShadow) || !disk.exists(path) ? inShadow : path;
    }

    /**
     * Checks outputs that are all there, brings them to their places and gives their sizes and
     * times.
     */
    List<JobRecord.Output> finish(JobRun run) throws IOException, RunFailure {
        for (JobFile file : run.job().output().items()) {
            if (file.flags().has(Flags.TOUCH)) {
                disk.touchOrCreate(placed(run, file.path()), file.directory());
            }
        }
        writeLogs(run);
        for (JobFile file : run.job().output().items()) {
            if (!file.stream()) {
                check(run, file);
            }
        }
        bringBack(run, run.job().output().items());
        bringBack(run, run.job().log().items());
        leaveShadow(run);
        JobFile benchmark = run.job().benchmark();
        if (benchmark != null && !settings.touch() && run.acts()) {
            Benchmarks.write(
                    disk.at(benchmark.path()),
                    run.ends,
                    settings.benchmarkExtended() ? BenchmarkedJob.about(run, disk) : null);
        }
        backups.drop(run);
        List<JobRecord.Output> outputs = new ArrayList<>(run.job().output().items().size());
        for (JobFile file : run.job().output().items()) {
            JobRecord.Output output = settle(file);
            if (output != null) {
                outputs.add(output);
            }
        }
        return outputs;
    }

    private void writeLogs(JobRun run) throws IOException {
        for (JobFile file : run.job().log().items()) {
            String placed = placed(run, file.path());
            if (!disk.exists(placed)) {
                disk.touchOrCreate(placed, file.directory());
            }
        }
    }

    private void check(JobRun run, JobFile file) throws IOException, RunFailure {
        String placed = placed(run, file.path());
        BasicFileAttributes found = disk.attributes(placed);
        if (found == null) {
            return;
        }
        if (found.isDirectory() != file.directory()) {
            throw new RunFailure(
                    found.isDirectory()
                            ? "the output "
                                    + file.path()
                                    + " is a folder but not marked as directory()"
                            : "the output "
                                    + file.path()
                                    + " is marked as directory() but is a file");
        }
        Value ensured = file.flags().get(Flags.ENSURE);
        if (ensured instanceof Value.MapOf wishes) {
            ensure.check(disk.at(placed), file.path(), wishes, run.ready().arguments());
        }
        long modified = found.lastModifiedTime().toMillis();
        if (settings.touch()
                || found.isDirectory()
                || Files.isSymbolicLink(disk.at(placed))
                || modified < run.preparedMillis - CLOCK_SLACK_MILLIS) {
            disk.touch(placed, file.directory());
        }
    }

    private void bringBack(JobRun run, List<JobFile> files) throws IOException {
        if (run.shadow.isEmpty()) {
            return;
        }
        for (JobFile file : files) {
            shadow.moveBack(run.shadow, file.path());
        }
    }

    private void leaveShadow(JobRun run) throws IOException {
        if (!run.shadow.isEmpty()) {
            shadow.remove(run.shadow);
            run.shadow = "";
        }
    }

    private JobRecord.@Nullable Output settle(JobFile file) throws IOException {
        if (file.stream()) {
            disk.remove(file.path(), false);
            return null;
        }
        BasicFileAttributes found =
                disk.attributes(
                        file.directory() ? file.path() + "/" + Disk.TIMESTAMP : file.path());
        if (found == null) {
            return null;
        }
        if (file.flags().has(Flags.PROTECTED)) {
            disk.protect(file.path());
        }
        long size = file.directory() ? 0 : found.size();
        return new JobRecord.Output(
                file.path(), size, found.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /**
     * After a failure: logs stay, half-made outputs go unless the user wants them. What stays is
     * told.
     */
    List<String> cleanUp(JobRun run) throws IOException {
        if (settings.touch() || !run.acts()) {
            return List.of();
        }
        writeLogs(run);
        bringBack(run, run.job().log().items());
        List<String> kept = new ArrayList<>();
        Set<String> restored = backups.restore(run);
        for (JobFile file : run.job().output().items()) {
            if (restored.contains(file.path())) {
                continue;
            }
            if (settings.keepIncomplete() && !file.stream()) {
                kept.add(file.path());
            } else {
                disk.remove(file.path(), file.directory());
            }
        }
        if (!settings.keepIncomplete()) {
            leaveShadow(run);
        }
        return kept;
    }
}
