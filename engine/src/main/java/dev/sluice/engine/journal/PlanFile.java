package dev.sluice.engine.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.Task;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Writes the {@code plan} file of a run: the jobs that run, for those who look at the run and have
 * no plan. JSON Lines; the first is {@code {"format":1,"plan":K}}, then there is one line a job, in
 * the order of the plan's ids. A job's number among these lines, from 0, is its <i>row</i>.
 *
 * <pre>
 * {"k":key,"t":key of its task where that is another,"r":rule,"w":{wildcards},"i":[inputs],
 *  "o":[outputs],"n":[rows of the jobs that it needs],"c":true where it is a checkpoint}
 * </pre>
 *
 * <p>What a checkpoint changes is appended: {@code {"change":true,"removed":[rows]}}, then the jobs
 * that came (rows go on), then {@code {"row":5,"n":[rows]}} for jobs that need others now.
 *
 * <p>What is guaranteed:
 *
 * <ul>
 *   <li>A row names the same job for as long as the plan stands, and a job has one row: one that
 *       was removed and comes back is told as {@code {"row":5,"n":[rows]}}.
 *   <li>A job that has finished is never removed, also where no later plan names it.
 *   <li>Only rows that are in the file, or come with the same plan or change, are named.
 *   <li>A plan is in the file before the journal says that it was made, and a change before the
 *       journal says that there was one: whoever read K facts {@code PlanMade} finds plan K, and
 *       with each fact {@code PlanChanged} one line with {@code change}. A file with a lower number
 *       is of an earlier plan, and a missing one is no error: writing failed (a full disk).
 *   <li>A new plan replaces the file as a whole. An appended change may be seen in part: a reader
 *       stops at the last whole line and goes on there later.
 * </ul>
 *
 * <p>A projection that is not synced and on which nothing of the run depends: what goes wrong is
 * said once, and then nothing more is written for this plan. Owned by the run's thread.
 */
public final class PlanFile {
    private static final int FORMAT = 1;
    private static final int BUFFER = 1 << 16;
    private static final int NO_ROW = -1;
    private static final JsonFactory JSON =
            JsonFactory.builder().configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false).build();

    private final Path file;
    private final Consumer<String> warn;

    /** The row of each job by its id in the plan, and {@link #NO_ROW} where it has none. */
    private int[] rows = {};

    private int nextRow;

    /** Rows that the last change left without a job. */
    private final BitSet removed = new BitSet();

    private boolean broken = true;
    private boolean warned;

    /**
     * @param warn is told once where the file cannot be written
     */
    public PlanFile(RunFolder run, Consumer<String> warn) {
        file = run.plan();
        this.warn = warn;
    }

    /**
     * Writes the plan in the place of any earlier one.
     *
     * @param number how many plans the run has had, with this one
     */
    public void made(Plan plan, int number) {
        Path written = file.resolveSibling("plan.new");
        rows = new int[plan.size()];
        Arrays.fill(rows, NO_ROW);
        nextRow = 0;
        removed.clear();
        giveRows(plan);
        try {
            try (var channel =
                    FileChannel.open(
                            written,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                write(
                        channel,
                        json -> {
                            json.writeStartObject();
                            json.writeNumberField("format", FORMAT);
                            json.writeNumberField("plan", number);
                            end(json);
                            jobsFrom(0, plan, json);
                        });
            }
            Whole.rename(written, file);
            broken = false;
        } catch (IOException e) {
            broken = true;
            giveUp(written);
            failed(e);
        }
    }

    /**
     * Appends what a checkpoint made of the plan.
     *
     * @param finished jobs that are done, by id: they stay whatever the new plan says
     */
    public void changed(Plan before, Plan after, BitSet finished) {
        if (broken) {
            return;
        }
        int first = nextRow;
        int old = rows.length;
        rows = Arrays.copyOf(rows, Math.max(old, after.size()));
        Arrays.fill(rows, old, rows.length, NO_ROW);
        giveRows(after);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long whole = channel.size();
            channel.position(whole);
            try {
                write(channel, json -> change(first, before, after, finished, json));
            } catch (IOException e) {
                channel.truncate(whole);
                throw e;
            }
        } catch (IOException e) {
            broken = true;
            failed(e);
        }
    }

    private void giveRows(Plan plan) {
        for (int job = 0; job < plan.size(); job++) {
            if (rows[job] == NO_ROW && isRow(plan, job)) {
                rows[job] = nextRow++;
            }
        }
    }

    private static boolean isRow(Plan plan, int job) {
        return job < plan.size() && plan.exists(job) && plan.runs(job);
    }

    @FunctionalInterface
    private interface Lines {
        void to(JsonGenerator json) throws IOException;
    }

    /** Leaves the channel open. */
    private static void write(FileChannel channel, Lines lines) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setRootValueSeparator(null);
            lines.to(json);
        }
        out.flush();
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void change(int first, Plan before, Plan after, BitSet finished, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeBooleanField("change", true);
        json.writeArrayFieldStart("removed");
        var back = new BitSet();
        for (int job = 0; job < rows.length; job++) {
            int row = rows[job];
            if (row == NO_ROW || row >= first) {
                continue;
            }
            if (isRow(after, job)) {
                back.set(row, removed.get(row));
                removed.clear(row);
            } else if (!finished.get(job) && !removed.get(row)) {
                removed.set(row);
                json.writeNumber(row);
            }
        }
        json.writeEndArray();
        end(json);
        jobsFrom(first, after, json);
        for (int job = 0; job < rows.length; job++) {
            int row = rows[job];
            if (row == NO_ROW || row >= first || !isRow(after, job)) {
                continue;
            }
            int[] needs = needs(after, job);
            if (back.get(row) || !Arrays.equals(needs, needs(before, job))) {
                json.writeStartObject();
                json.writeNumberField("row", row);
                needs(needs, json);
                end(json);
            }
        }
    }

    /** Rows are given in the order of ids, so that the lines come in the order of rows. */
    private void jobsFrom(int first, Plan plan, JsonGenerator json) throws IOException {
        for (int job = 0; job < plan.size(); job++) {
            if (rows[job] >= first) {
                job(job, plan, json);
            }
        }
    }

    private void job(int job, Plan plan, JsonGenerator json) throws IOException {
        int number = plan.taskOf(job);
        Task task = number < 0 ? null : plan.tasks().get(number);
        json.writeStartObject();
        if (task != null && task.kind() == Task.Kind.ONE) {
            // A job's key costs a hash, and the plan has made that of its task.
            json.writeStringField("k", task.key());
        } else {
            json.writeStringField("k", plan.key(job));
            if (task != null) {
                json.writeStringField("t", task.key());
            }
        }
        json.writeStringField("r", plan.rule(job).name());
        json.writeObjectFieldStart("w");
        for (var wildcard : plan.wildcards(job).toMap().entrySet()) {
            json.writeStringField(wildcard.getKey(), wildcard.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("i");
        for (var input : plan.input(job).items()) {
            json.writeString(input.path());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("o");
        for (var output : plan.output(job).items()) {
            json.writeString(output.path());
        }
        json.writeEndArray();
        needs(needs(plan, job), json);
        if (plan.checkpoint(job)) {
            json.writeBooleanField("c", true);
        }
        end(json);
    }

    private static void needs(int[] needs, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("n");
        for (int row : needs) {
            json.writeNumber(row);
        }
        json.writeEndArray();
    }

    /** In the order of the needed jobs' ids. */
    private int[] needs(Plan plan, int job) {
        if (!isRow(plan, job)) {
            return new int[0];
        }
        int[] needs = plan.needs(job);
        int count = 0;
        for (int need : needs) {
            if (isRow(plan, need)) {
                needs[count++] = rows[need];
            }
        }
        return Arrays.copyOf(needs, count);
    }

    private static void giveUp(Path written) {
        try {
            Files.deleteIfExists(written);
        } catch (IOException left) {
            // The next plan writes over it.
        }
    }

    private void failed(IOException why) {
        if (!warned) {
            warned = true;
            warn.accept(
                    "cannot write "
                            + file
                            + ": "
                            + why.getMessage()
                            + " (the run goes on; who looks at it sees less of its plan)");
        }
    }
}
