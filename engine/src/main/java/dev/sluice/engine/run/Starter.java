package dev.sluice.engine.run;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.plan.JobFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings attempts to run: texts, files, then the executor. Knows which process belongs to which
 * job.
 */
final class Starter {
    private final TaskBuilder builder;
    private final JobFiles files;
    private final Executor executor;
    private final Outputs outputs;
    private final boolean touch;
    private final Map<String, Owner> processes = new LinkedHashMap<>();

    /** Whose process it is. */
    record Owner(Attempt attempt, JobRun job) {}

    Starter(
            TaskBuilder builder,
            JobFiles files,
            Executor executor,
            Outputs outputs,
            boolean touch) {
        this.builder = builder;
        this.files = files;
        this.executor = executor;
        this.outputs = outputs;
        this.touch = touch;
    }

    /** Formats commands and prepares scripts; what fails becomes the attempt's refusal. */
    void formatTexts(List<Attempt> attempts) {
        if (touch) {
            return;
        }
        List<JobRun> jobs = new ArrayList<>();
        Map<JobRun, Attempt> owners = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            for (JobRun job : attempt.jobs) {
                jobs.add(job);
                owners.put(job, attempt);
            }
        }
        builder.formatTexts(jobs)
                .forEach(
                        (job, why) -> {
                            Attempt attempt = owners.get(job);
                            if (attempt != null) {
                                attempt.refuse(job, why);
                            }
                        });
    }

    /** Inputs that are not there yet. */
    List<String> missingInputs(Attempt attempt) {
        if (touch) {
            return List.of();
        }
        Set<String> made = Set.of();
        if (attempt.jobs.size() > 1) {
            made = new HashSet<>();
            for (JobRun job : attempt.jobs) {
                for (JobFile file : job.job().output().items()) {
                    made.add(file.path());
                }
            }
        }
        List<String> missing = new ArrayList<>();
        for (JobRun job : attempt.jobs) {
            missing.addAll(files.missingInputs(job, made));
        }
        return missing;
    }

    /**
     * Prepares the attempts and hands them over. Those without a process, or refused, are over at
     * once.
     */
    void launch(List<Attempt> attempts) {
        List<TaskSpec> tasks = new ArrayList<>();
        for (Attempt attempt : attempts) {
            TaskSpec task = prepare(attempt);
            if (task != null && !task.processes().isEmpty()) {
                attempt.started = true;
                register(attempt, task);
                tasks.add(task);
            }
        }
        if (!tasks.isEmpty()) {
            executor.submit(tasks);
        }
    }

    private interface Step {
        void take(JobRun job) throws IOException, RunFailure;
    }

    /** Stops at the first job that refuses: the others keep what they have. */
    private static boolean each(Attempt attempt, Step step) {
        for (JobRun job : attempt.jobs) {
            try {
                step.take(job);
            } catch (RunFailure e) {
                attempt.refuse(job, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                attempt.refuse(job, "its files cannot be prepared: " + e);
            }
            if (attempt.refusal() != null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable TaskSpec prepare(Attempt attempt) {
        if (!each(attempt, files::admit) || !each(attempt, files::prepare) || touch) {
            return null;
        }
        try {
            return builder.build(attempt);
        } catch (IOException e) {
            attempt.refuse(attempt.jobs.getFirst(), "its command cannot be written: " + e);
            return null;
        }
    }

    private void register(Attempt attempt, TaskSpec task) {
        List<JobRun> owners = new ArrayList<>();
        for (List<JobRun> level : attempt.levels) {
            for (JobRun job : level) {
                for (int i = 0; i < job.processes; i++) {
                    owners.add(job);
                }
            }
        }
        for (int i = 0; i < task.processes().size(); i++) {
            ProcessSpec process = task.processes().get(i);
            processes.put(process.name(), new Owner(attempt, owners.get(i)));
            outputs.follow(process.name(), owners.get(i), process.logFile());
        }
    }

    /** Whose process that was; null when it was told before. */
    @Nullable Owner ended(String process) {
        return processes.remove(process);
    }

    boolean isIdle() {
        return processes.isEmpty();
    }

    /** Names of the attempts that still have processes. */
    Set<String> running() {
        Set<String> names = new LinkedHashSet<>();
        processes.values().forEach(owner -> names.add(owner.attempt().name));
        return names;
    }
}
