package dev.sluice.engine.run;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.ScriptRequest;
import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.execute.Work;
import dev.sluice.engine.plan.Formatted;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.Template;
import dev.sluice.engine.python.PythonHelper;
import dev.sluice.engine.python.RunRequestJson;
import dev.sluice.engine.rules.Action;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.LiveObjects;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes tasks for executors out of evaluated jobs. First the texts, in a batch; then, with the
 * files prepared, the tasks.
 */
final class TaskBuilder {
    private final JobEvaluation evaluation;
    private final Evaluator evaluator;
    private final Variables variables;
    private final ShellCommand shell;
    private final String logs;
    private final Map<JobRun, Answer.Script> scripts = new LinkedHashMap<>();

    /**
     * @param runFolder as processes see it: relative to the working folder
     */
    TaskBuilder(
            RuleBook book,
            JobEvaluation evaluation,
            Evaluator evaluator,
            Path workdir,
            Path runFolder) {
        this.evaluation = evaluation;
        this.evaluator = evaluator;
        this.variables = new Variables(book.environment());
        this.shell = new ShellCommand(book.shell(), runFolder.resolve("commands").toAbsolutePath());
        this.logs = workdir.relativize(runFolder.resolve("logs")) + "/";
    }

    /** Formats what the jobs need; reasons of those that failed, by job. */
    Map<JobRun, String> formatTexts(List<JobRun> jobs) {
        List<Template> templates = new ArrayList<>();
        List<JobRun> owners = new ArrayList<>();
        for (JobRun job : jobs) {
            add(job, Template.shell(job.ready()), templates, owners);
            add(job, Template.message(job.ready()), templates, owners);
            add(job, Template.script(job.ready()), templates, owners);
        }
        Map<JobRun, String> failures = new LinkedHashMap<>();
        List<ScriptRequest> requests = new ArrayList<>();
        List<JobRun> scripted = new ArrayList<>();
        List<Formatted> texts = evaluation.format(templates);
        for (int i = 0; i < texts.size(); i++) {
            JobRun job = owners.get(i);
            switch (texts.get(i)) {
                case Formatted.Failed(var problem) -> failures.put(job, problem.text());
                case Formatted.Text(String text) -> {
                    switch (templates.get(i).what()) {
                        case "shell" -> job.command = text;
                        case "message" -> job.message = text;
                        default -> {
                            String kind = templates.get(i).what();
                            requests.add(new ScriptRequest(kind, text, job.ready().arguments()));
                            scripted.add(job);
                        }
                    }
                }
            }
        }
        prepareScripts(requests, scripted, failures);
        return failures;
    }

    private static void add(
            JobRun job,
            @Nullable Template template,
            List<Template> templates,
            List<JobRun> owners) {
        if (template != null) {
            templates.add(template);
            owners.add(job);
        }
    }

    private void prepareScripts(
            List<ScriptRequest> requests, List<JobRun> jobs, Map<JobRun, String> failures) {
        if (requests.isEmpty()) {
            return;
        }
        List<Answer> answers = evaluator.prepareScripts(requests);
        for (int i = 0; i < answers.size(); i++) {
            JobRun job = jobs.get(i);
            if (answers.get(i) instanceof Answer.Script script) {
                scripts.put(job, script);
                job.temporary = script.temporaryFiles();
            } else if (answers.get(i) instanceof Answer.Failed(var error)) {
                failures.put(job, error.text());
            } else {
                failures.put(job, "Python gave no script for it");
            }
        }
    }

    /** The attempt as a task; one without processes where its jobs only collect. */
    TaskSpec build(Attempt attempt) throws IOException {
        List<ProcessSpec> processes = new ArrayList<>();
        boolean alone = attempt.jobs.size() == 1 && repeats(attempt.jobs.getFirst()) == 1;
        List<String> earlier = List.of();
        for (List<JobRun> level : attempt.levels) {
            Level made = new Level(attempt, level, earlier, alone, processes.size());
            made.fill();
            processes.addAll(made.processes);
            if (!made.processes.isEmpty()) {
                earlier = made.processes.stream().map(ProcessSpec::name).toList();
            }
        }
        attempt.processes = processes.size();
        return new TaskSpec(attempt.name, processes, NeedsOf.attempt(attempt).threads());
    }

    private static int repeats(JobRun job) {
        JobFile benchmark = job.job().benchmark();
        if (benchmark != null && benchmark.flags().get("repeat") instanceof Value.Int(long times)) {
            return (int) Math.max(1, times);
        }
        return 1;
    }

    /** Jobs that may run at the same time. */
    private final class Level {
        private final Attempt attempt;
        private final List<JobRun> jobs;
        private final List<String> earlier;
        private final boolean alone;
        private final List<ProcessSpec> processes = new ArrayList<>();
        private final Map<JobRun, List<String>> names = new LinkedHashMap<>();

        /** Files that services of this level make; collected once, for a group may be large. */
        private final Set<String> services = new LinkedHashSet<>();

        Level(Attempt attempt, List<JobRun> jobs, List<String> earlier, boolean alone, int first) {
            this.attempt = attempt;
            this.jobs = jobs;
            this.earlier = earlier;
            this.alone = alone;
            int number = first;
            for (JobRun job : jobs) {
                List<String> own = new ArrayList<>(1);
                for (int i = 0; job.acts() && i < repeats(job); i++) {
                    own.add(alone ? attempt.name : attempt.name + "." + number++);
                }
                names.put(job, own);
                for (JobFile made : job.job().output().items()) {
                    if (made.flags().has(Flags.SERVICE)) {
                        services.add(made.path());
                    }
                }
            }
        }

        void fill() throws IOException {
            for (JobRun job : jobs) {
                List<String> own = names(job);
                job.processes = own.size();
                for (int i = 0; i < own.size(); i++) {
                    processes.add(process(job, own, i));
                }
            }
        }

        private List<String> names(JobRun job) {
            return names.getOrDefault(job, List.of());
        }

        private ProcessSpec process(JobRun job, List<String> own, int index) throws IOException {
            String name = own.get(index);
            job.log = logs + name;
            Environment environment = variables.of(job.ready());
            Answer.Script script = scripts.remove(job);
            if (script != null && index + 1 < own.size()) {
                scripts.put(job, script);
            }
            Work work = work(job, script, name, index, environment);
            if (script != null && !script.environment().isEmpty()) {
                environment = environment.with(new LinkedHashMap<>(script.environment()));
            }
            return new ProcessSpec(
                    name,
                    work,
                    job.shadow,
                    environment,
                    job.log,
                    index == 0 ? earlier : List.of(own.get(index - 1)),
                    partners(job),
                    isService(job),
                    job.job().benchmark() != null,
                    awaited(job));
        }

        /** What services of the same task make for it. */
        private List<String> awaited(JobRun job) {
            if (services.isEmpty()) {
                return List.of();
            }
            return job.job().input().items().stream()
                    .map(JobFile::path)
                    .filter(services::contains)
                    .distinct()
                    .toList();
        }

        /** Those at the other ends of pipes and services run at the same time. */
        private List<String> partners(JobRun job) {
            if (alone || !streams(job)) {
                return List.of();
            }
            List<String> partners = new ArrayList<>();
            for (JobRun other : jobs) {
                if (other != job && streams(other)) {
                    partners.addAll(names(other));
                }
            }
            return partners;
        }

        private boolean streams(JobRun job) {
            return attempt.kind == dev.sluice.engine.plan.Task.Kind.TOGETHER
                    || job.job().output().items().stream().anyMatch(JobFile::stream)
                    || job.job().input().items().stream().anyMatch(JobFile::stream);
        }

        private static boolean isService(JobRun job) {
            return job.job().output().items().stream().anyMatch(f -> f.flags().has("service"));
        }
    }

    private Work work(
            JobRun job,
            Answer.@Nullable Script script,
            String name,
            int repetition,
            Environment environment)
            throws IOException {
        JobSettings settings = job.ready();
        return switch (job.job().rule().action()) {
            case Action.Shell any -> new Work.Command(shell.argv(job.command, settings, name));
            case Action.Script any -> {
                if (script == null) {
                    throw new IllegalStateException("no script was prepared for " + name);
                }
                yield new Work.Command(script.argv());
            }
            case Action.Run any -> new Work.PythonRun(request(job, name, repetition, environment));
            case Action.None any -> throw new IllegalStateException(name + " has nothing to run");
        };
    }

    private String request(JobRun job, String name, int repetition, Environment environment) {
        List<String> remove = new ArrayList<>();
        for (JobFile file : job.job().output().items()) {
            if (repetition == 0 && !file.flags().has(Flags.UPDATE) && !file.stream()) {
                remove.add(file.path());
            }
        }
        return RunRequestJson.of(
                job.ready().arguments(),
                name,
                job.job().benchmark() == null ? -1 : repetition,
                job.log,
                job.shadow,
                environment.changes(),
                pickles(job),
                remove);
    }

    /** Live objects among the parameters go over as pickles: the block runs in another process. */
    private Map<Integer, String> pickles(JobRun job) {
        List<Integer> handles = LiveObjects.handles(job.ready().params().items());
        return handles.isEmpty()
                        || !(MeasuredEvaluator.behind(evaluator) instanceof PythonHelper helper)
                ? Map.of()
                : helper.export(handles);
    }
}
