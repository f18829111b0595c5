package dev.sluice.engine.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A workload written down task by task: {@code task("align", needs…)}. */
final class TestWorkload implements Workload {
    private static final class Row {
        final String name;
        List<Integer> needs;
        final List<Integer> dependents = new ArrayList<>();
        int priority;
        int retries;
        boolean checkpoint;
        int jobs = 1;

        Row(String name, List<Integer> needs) {
            this.name = name;
            this.needs = needs;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    int task(String name, Integer... needs) {
        int task = rows.size();
        rows.add(new Row(name, List.of(needs)));
        for (int need : needs) {
            rows.get(need).dependents.add(task);
        }
        return task;
    }

    /** One that grows by itself: a scheduler's own never changes under it. */
    TestWorkload copy() {
        var copy = new TestWorkload();
        for (Row row : rows) {
            int task = copy.task(row.name);
            copy.retries(task, row.retries).priority(task, row.priority).jobs(task, row.jobs);
            copy.rows.get(task).checkpoint = row.checkpoint;
        }
        for (int task = 0; task < rows.size(); task++) {
            copy.rewire(task, rows.get(task).needs);
        }
        return copy;
    }

    TestWorkload retries(int task, int retries) {
        rows.get(task).retries = retries;
        return this;
    }

    TestWorkload priority(int task, int priority) {
        rows.get(task).priority = priority;
        return this;
    }

    TestWorkload asCheckpoint(int task) {
        rows.get(task).checkpoint = true;
        return this;
    }

    TestWorkload jobs(int task, int jobs) {
        rows.get(task).jobs = jobs;
        return this;
    }

    void rewire(int task, List<Integer> needs) {
        Row row = rows.get(task);
        for (int need : row.needs) {
            rows.get(need).dependents.removeIf(dependent -> dependent == task);
        }
        row.needs = List.copyOf(needs);
        for (int need : needs) {
            rows.get(need).dependents.add(task);
        }
    }

    String name(int task) {
        return rows.get(task).name;
    }

    List<Integer> needs(int task) {
        return rows.get(task).needs;
    }

    @Override
    public int taskCount() {
        return rows.size();
    }

    @Override
    public Key key(int task) {
        return new Key(name(task));
    }

    @Override
    public int needCount(int task) {
        return rows.get(task).needs.size();
    }

    @Override
    public int need(int task, int index) {
        return rows.get(task).needs.get(index);
    }

    @Override
    public int dependentCount(int task) {
        return rows.get(task).dependents.size();
    }

    @Override
    public int dependent(int task, int index) {
        return rows.get(task).dependents.get(index);
    }

    @Override
    public int priority(int task) {
        return rows.get(task).priority;
    }

    @Override
    public int retries(int task) {
        return rows.get(task).retries;
    }

    @Override
    public boolean checkpoint(int task) {
        return rows.get(task).checkpoint;
    }

    @Override
    public List<PlannedJob> jobs(int task) {
        var jobs = new ArrayList<PlannedJob>();
        for (int job = 0; job < rows.get(task).jobs; job++) {
            String name = job == 0 ? name(task) : name(task) + "." + job;
            jobs.add(
                    new PlannedJob(
                            new Key(name), "rule", new LinkedHashMap<>(), List.of(name + ".out")));
        }
        return jobs;
    }
}
