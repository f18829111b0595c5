package dev.sluice.app.inspect;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.plan.Formatted;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.plan.Template;
import dev.sluice.engine.rules.Flags;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * The outputs of a plan with their state, as {@code --summary} and {@code --list-changes} tell it:
 * one line a file, the columns of Snakemake 9.25.2. Commands, logs and inputs are those of the
 * workflow as it is now, and are left out for files whose making is not on record.
 */
public final class FileStates {
    private static final String NONE = "-";

    private final Plan plan;
    private final FileFacts files;
    private final PastOutputs past;
    private final JobEvaluation evaluation;
    private final Changes changes;
    private final ZoneId zone;

    /** {@code zone}: in which times are told. */
    public FileStates(
            Plan plan,
            FileFacts files,
            PastOutputs past,
            JobEvaluation evaluation,
            PlanRequest request,
            ZoneId zone) {
        this.plan = plan;
        this.files = files;
        this.past = past;
        this.evaluation = evaluation;
        this.zone = zone;
        changes = new Changes(plan, files, past, evaluation, request);
    }

    /** The table of all outputs; {@code detailed} adds inputs and commands. */
    public String summary(boolean detailed) {
        Map<Integer, String> commands = detailed ? commands() : Map.of();
        var text = new StringBuilder(head(detailed));
        for (int job : plan.jobs()) {
            PlannedJob planned = plan.job(job);
            List<JobFile> outputs = planned.output().items();
            List<FileFact> facts = files.look(outputs.stream().map(JobFile::path).toList());
            for (int i = 0; i < outputs.size(); i++) {
                var row = new Row(planned, outputs.get(i), facts.get(i));
                text.append(row.text(detailed, commands.getOrDefault(job, ""))).append('\n');
            }
        }
        return text.toString();
    }

    /** The outputs that were made with another code, other inputs or other params, a line each. */
    public String changed(Changes.Kind kind) {
        SequencedSet<String> paths = new LinkedHashSet<>();
        for (int job : plan.jobs()) {
            paths.addAll(changes.outputs(job, kind));
        }
        return paths.stream().map(path -> path + "\n").collect(Collectors.joining());
    }

    private static String head(boolean detailed) {
        return detailed
                ? "output_file\tdate\trule\tlog-file(s)\tinput-file(s)\tshellcmd\tstatus\tplan\n"
                : "output_file\tdate\trule\tlog-file(s)\tstatus\tplan\n";
    }

    private Map<Integer, String> commands() {
        List<Template> templates = new ArrayList<>();
        for (JobSettings settings : changes.settings()) {
            Template shell = Template.shell(settings);
            if (shell != null) {
                templates.add(shell);
            }
        }
        List<Formatted> formatted = evaluation.format(templates);
        Map<Integer, String> commands = new LinkedHashMap<>();
        for (int i = 0; i < templates.size(); i++) {
            if (formatted.get(i) instanceof Formatted.Text(String command)) {
                commands.put(templates.get(i).job().job().id(), onOneLine(command));
            }
        }
        return commands;
    }

    private static String onOneLine(String command) {
        return command.strip().replace("\n", "; ");
    }

    /** One line of the table. */
    private final class Row {
        private final PlannedJob job;
        private final JobFile file;
        private final FileFact fact;
        private final @Nullable OutputRecord record;

        Row(PlannedJob job, JobFile file, FileFact fact) {
            this.job = job;
            this.file = file;
            this.fact = fact;
            record = past.of(file.path());
        }

        String text(boolean detailed, String command) {
            List<String> cells = new ArrayList<>();
            cells.add(file.path());
            cells.add(fact.exists() ? date(fact.modifiedNanos()) : NONE);
            cells.add(job.rule().name());
            cells.add(recorded(paths(job.log().items())));
            if (detailed) {
                cells.add(recorded(paths(job.input().items())));
                cells.add(recorded(command));
            }
            cells.add(status());
            cells.add(
                    plan.reason(job.id()).present() || plan.runs(job.id())
                            ? "update pending"
                            : "no update");
            return String.join("\t", cells);
        }

        private String recorded(String cell) {
            return record == null || record.fingerprint() == null ? NONE : cell;
        }

        private String status() {
            if (!fact.exists()) {
                return absent();
            }
            if (plan.reason(job.id()).lostOutput().contains(file.path())) {
                return "lost in a restart";
            }
            if (!plan.reason(job.id()).updatedInput().isEmpty()) {
                return "updated input files";
            }
            if (changes.changed(job.id(), file.path(), Changes.Kind.CODE)) {
                return "rule implementation changed";
            }
            if (changes.changed(job.id(), file.path(), Changes.Kind.INPUT)) {
                return "set of input files changed";
            }
            if (changes.changed(job.id(), file.path(), Changes.Kind.PARAMS)) {
                return "params changed";
            }
            return "ok";
        }

        private String absent() {
            if (file.temporary()) {
                return "removed temp file";
            }
            if (file.flags().has(Flags.PIPE)) {
                return "pipe file";
            }
            return file.flags().has(Flags.SERVICE) ? "service file" : "missing";
        }
    }

    private static String paths(List<JobFile> files) {
        return files.stream().map(JobFile::path).collect(Collectors.joining(","));
    }

    /** As C's {@code ctime} has it: the day in two columns, the year last. */
    private String date(long nanos) {
        ZonedDateTime time =
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)).atZone(zone);
        return DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                .format(time);
    }
}
