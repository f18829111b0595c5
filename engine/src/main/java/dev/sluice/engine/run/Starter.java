package dev.sluice.engine.run;

import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.plan.JobFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes attempts ready to run: texts, then files, then the task. Knows which process belongs to
 * which job.
 */
final class Starter {
    private final TaskBuilder builder;
    private final JobFiles files;
    private final Outputs outputs;
    private final boolean touch;
    private final Map<String, Owner> processes = new LinkedHashMap<>();

    /** Whose process it is. */
    record Owner(Attempt attempt, JobRun job) {}

    Starter(TaskBuilder builder, JobFiles files, Outputs outputs, boolean touch) {
        this.builder = builder;
        this.files = files;
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

    /** Whether something of an earlier making stands where it will write. */
    boolean overwrites(Attempt attempt) {
        return !touch && attempt.jobs.stream().anyMatch(files::overwrites);
    }

    /**
     * Prepares the attempt's files and makes its task. Null where it has no process, or is refused:
     * then it is over at once.
     */
    @Nullable TaskSpec prepare(Attempt attempt) {
        TaskSpec task = build(attempt);
        if (task == null || task.processes().isEmpty()) {
            return null;
        }
        attempt.started = true;
        register(attempt, task);
        return task;
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

    private @Nullable TaskSpec build(Attempt attempt) {
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
            owners.get(i).names.add(process.name());
            processes.put(process.name(), new Owner(attempt, owners.get(i)));
            outputs.follow(process.name(), owners.get(i), process.logFile());
        }
    }

    /** Follows what an earlier engine handed over; the names of its processes. */
    List<String> adopt(Attempt attempt) {
        List<String> names = new ArrayList<>();
        for (JobRun job : attempt.jobs) {
            for (String name : job.names) {
                names.add(name);
                processes.put(name, new Owner(attempt, job));
                outputs.followOn(name, job, job.log);
            }
        }
        attempt.processes = names.size();
        attempt.started = !names.isEmpty();
        return names;
    }

    /** Whose process that is; null where it is none of ours, or ended. */
    @Nullable Owner ownerOf(String process) {
        return processes.get(process);
    }

    /** Whose process that was; null when it was told before. */
    @Nullable Owner ended(String process) {
        return processes.remove(process);
    }

    /** How many attempts have processes. */
    int open() {
        return openAttempts().size();
    }

    /** Their names. */
    List<String> openAttempts() {
        return processes.values().stream().map(owner -> owner.attempt().name).distinct().toList();
    }
}
