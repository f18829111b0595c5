package dev.sluice.engine.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Key;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The jobs of a run's last plan, as the {@code plan} file in its folder lists them, each under its
 * row: its number there, from 0. The file is a projection that may be absent or behind; nothing is
 * wrong then, there are only fewer rows, or none. Never writes; owned by one thread.
 */
public final class PlanTable {
    private static final int FORMAT = 1;
    private static final int[] NONE = {};
    private static final JsonFactory JSON = new JsonFactory();

    private final GrowingLines file;

    private long version;
    private long beginnings;
    private int plan;

    /** A line that nobody can read: what stands behind it is left alone. */
    private boolean broken;

    /** The number of a key is its row. */
    private TextPool keys = new TextPool();

    private TextPool texts = new TextPool();
    private List<String> rules = new ArrayList<>();
    private Map<String, Integer> ruleNumbers = new LinkedHashMap<>();
    private IntPool ruleOf = new IntPool();

    /** By row, the number of its task's key among the texts; -1 where it is the job's own. */
    private IntPool taskOf = new IntPool();

    private Map<String, IntPool> together = new LinkedHashMap<>();

    /** By row, where its counted lists of wildcards, inputs and outputs begin. */
    private IntPool listsAt = new IntPool();

    private IntPool lists = new IntPool();
    private List<int[]> needs = new ArrayList<>();
    private BitSet checkpoints = new BitSet();
    private BitSet removed = new BitSet();
    private int @Nullable [][] dependents;

    private PlanTable(Path path) {
        file = new GrowingLines(path);
    }

    /** What the run's plan file says now; {@link #poll} goes on with it. */
    public static PlanTable of(RunFolder run) {
        var table = new PlanTable(run.plan());
        table.poll();
        return table;
    }

    /** Reads what is new; whether there was anything. */
    public boolean poll() {
        boolean any =
                file.poll(
                        new GrowingLines.Lines() {
                            @Override
                            public void startAgain() {
                                clear();
                            }

                            @Override
                            public void lines(byte[] bytes) {
                                read(bytes);
                            }
                        });
        if (any) {
            version++;
            dependents = null;
        }
        return any;
    }

    /** How many plans the run had when this one was made; 0 where there is no plan file. */
    public int plan() {
        return plan;
    }

    /** Grows whenever {@link #poll} found something. Means nothing outside this object. */
    public long version() {
        return version;
    }

    /**
     * Names what was read so far: the same for whoever read as much of the same file, in whatever
     * process.
     */
    public String fingerprint() {
        return Long.toString(file.offset(), 36) + "." + Long.toString(file.digest(), 36);
    }

    public int rows() {
        return keys.size();
    }

    public Key key(int row) {
        return new Key(keys.get(row));
    }

    /** The row of the job, or -1. */
    public int row(Key key) {
        return keys.find(key.text());
    }

    /** What is scheduled: the job itself, or the jobs that it goes together with. */
    public Key task(int row) {
        int task = taskOf.get(row);
        return task < 0 ? key(row) : new Key(texts.get(task));
    }

    /** The rows of the jobs of a task, in order; empty where it is not in the plan. */
    public int[] rowsOf(Key task) {
        int own = row(task);
        boolean itself = own >= 0 && taskOf.get(own) < 0;
        IntPool others = together.get(task.text());
        if (others == null) {
            return itself ? new int[] {own} : NONE;
        }
        int[] rows = others.toArray();
        if (itself) {
            rows = Arrays.copyOf(rows, rows.length + 1);
            rows[rows.length - 1] = own;
            Arrays.sort(rows);
        }
        return rows;
    }

    public String rule(int row) {
        return rules.get(ruleOf.get(row));
    }

    /** Among {@link #rules}. */
    public int ruleIndex(int row) {
        return ruleOf.get(row);
    }

    /** In the order of their first job. */
    public List<String> rules() {
        return Collections.unmodifiableList(rules);
    }

    public SequencedMap<String, String> wildcards(int row) {
        List<String> flat = list(row, 0);
        var wildcards = new LinkedHashMap<String, String>();
        for (int i = 0; i < flat.size(); i += 2) {
            wildcards.put(flat.get(i), flat.get(i + 1));
        }
        return Collections.unmodifiableSequencedMap(wildcards);
    }

    /** {@code rule, sample=A, lane=1}. */
    public String title(int row) {
        var title = new StringBuilder(rule(row));
        wildcards(row)
                .forEach(
                        (name, value) -> title.append(", ").append(name).append('=').append(value));
        return title.toString();
    }

    /** Paths as the workflow writes them. */
    public List<String> inputs(int row) {
        return list(row, 1);
    }

    /** Paths as the workflow writes them. */
    public List<String> outputs(int row) {
        return list(row, 2);
    }

    /** The rows of the jobs that it needs, of those that run. */
    public int[] needs(int row) {
        return Arrays.stream(needs.get(row)).filter(this::has).toArray();
    }

    /** The rows of the jobs that need it. The first call after a change looks at all rows. */
    public int[] neededBy(int row) {
        int[][] all = dependents;
        if (all == null) {
            all = dependents();
            dependents = all;
        }
        return all[row].clone();
    }

    /** Whether the plan is made anew behind it. */
    public boolean checkpoint(int row) {
        return checkpoints.get(row);
    }

    /** A checkpoint took it out of the plan. */
    public boolean removed(int row) {
        return removed.get(row);
    }

    private List<String> list(int row, int which) {
        int at = listsAt.get(row);
        for (int i = 0; i < which; i++) {
            at += lists.get(at) + 1;
        }
        int count = lists.get(at);
        var found = new ArrayList<String>(count);
        for (int i = 1; i <= count; i++) {
            found.add(texts.get(lists.get(at + i)));
        }
        return found;
    }

    private int[][] dependents() {
        int[] counts = new int[rows()];
        for (int[] needed : needs) {
            for (int row : needed) {
                if (has(row)) {
                    counts[row]++;
                }
            }
        }
        int[][] all = new int[rows()][];
        for (int row = 0; row < all.length; row++) {
            all[row] = counts[row] == 0 ? NONE : new int[counts[row]];
        }
        Arrays.fill(counts, 0);
        for (int row = 0; row < all.length; row++) {
            for (int needed : needs.get(row)) {
                if (has(needed)) {
                    all[needed][counts[needed]++] = row;
                }
            }
        }
        return all;
    }

    /** A file may be read between a job and those it needs. */
    private boolean has(int row) {
        return row >= 0 && row < rows();
    }

    /** Grows when rows begin anew: while it stays, rows only come behind those there are. */
    long beginnings() {
        return beginnings;
    }

    BitSet removedRows() {
        return (BitSet) removed.clone();
    }

    private void clear() {
        beginnings++;
        plan = 0;
        broken = false;
        keys = new TextPool();
        texts = new TextPool();
        rules = new ArrayList<>();
        ruleNumbers = new LinkedHashMap<>();
        ruleOf = new IntPool();
        taskOf = new IntPool();
        together = new LinkedHashMap<>();
        listsAt = new IntPool();
        lists = new IntPool();
        needs = new ArrayList<>();
        checkpoints = new BitSet();
        removed = new BitSet();
        dependents = null;
    }

    private void read(byte[] bytes) {
        if (broken) {
            return;
        }
        try (JsonParser json = JSON.createParser(bytes)) {
            var line = new PlanLine();
            while (!broken && json.nextToken() != null) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    broken = true;
                    return;
                }
                line.read(json);
                take(line);
            }
        } catch (JsonProcessingException e) {
            broken = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(PlanLine line) {
        if (line.format >= 0) {
            broken = line.format != FORMAT;
            plan = broken ? 0 : line.plan;
        } else if (plan == 0) {
            broken = true;
        } else if (has(line.row)) {
            // One that was removed may come back.
            removed.clear(line.row);
            needs.set(line.row, line.needs.toArray());
        } else if (line.key != null) {
            add(line, line.key);
        }
        line.removed.stream().filter(this::has).forEach(removed::set);
    }

    private void add(PlanLine line, String key) {
        int row = keys.add(key);
        if (row < ruleOf.size()) {
            // No plan has a job twice; the rows of those behind it could not be trusted.
            broken = true;
            return;
        }
        Integer rule = ruleNumbers.putIfAbsent(line.rule, rules.size());
        if (rule == null) {
            rules.add(line.rule);
        }
        ruleOf.add(rule == null ? rules.size() - 1 : rule);
        taskOf.add(line.task == null ? -1 : texts.add(line.task));
        if (line.task != null) {
            together.computeIfAbsent(line.task, _ -> new IntPool()).add(row);
        }
        listsAt.add(lists.size());
        addList(line.wildcards);
        addList(line.inputs);
        addList(line.outputs);
        needs.add(line.needs.size() == 0 ? NONE : line.needs.toArray());
        checkpoints.set(row, line.checkpoint);
    }

    private void addList(List<String> items) {
        lists.add(items.size());
        for (String item : items) {
            lists.add(texts.add(item));
        }
    }
}
