package dev.sluice.engine.plan;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/** The jobs that run, put together into tasks. */
final class Tasks {
    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final @Nullable String[] groups;
    private final BitSet runs;
    private final int[] order;

    /** Joined by streams. */
    private final UnionFind streams;

    /** Joined by streams or by a user's group. */
    private final UnionFind together;

    private final int[] taskOf;

    /** By job that updates a file: those that want it as it was. */
    private final Map<Integer, List<Integer>> updates;

    private List<Task> tasks = List.of();

    /** {@code order}: all jobs, each after those it needs. */
    Tasks(
            PlanColumns columns,
            RulePatterns patterns,
            @Nullable String[] groups,
            BitSet runs,
            int[] order) {
        this.columns = columns;
        this.patterns = patterns;
        this.groups = groups;
        this.runs = runs;
        this.order = order;
        streams = new UnionFind(columns.size());
        together = new UnionFind(columns.size());
        updates = UpdateOrder.find(columns, patterns, runs);
        taskOf = new int[columns.size()];
        Arrays.fill(taskOf, -1);
    }

    List<Task> tasks() {
        return tasks;
    }

    int taskOf(int job) {
        return taskOf[job];
    }

    /** Makes the tasks; a problem where a group would have to wait for itself. */
    @Nullable Problem build(PlanRequest request, JobViews views) {
        joinStreams();
        spreadGroups();
        joinGroups(request);
        Map<Integer, Ints> members = new LinkedHashMap<>();
        for (int job : order) {
            if (runs.get(job)) {
                members.computeIfAbsent(together.find(job), root -> new Ints()).add(job);
            }
        }
        int next = 0;
        for (Ints jobs : members.values()) {
            for (int i = 0; i < jobs.size(); i++) {
                taskOf[jobs.get(i)] = next;
            }
            next++;
        }
        List<Task> made = new ArrayList<>(members.size());
        for (Ints jobs : members.values()) {
            made.add(task(made.size(), jobs, views));
        }
        tasks = List.copyOf(made);
        return selfDependent();
    }

    private void joinStreams() {
        for (int job = 0; job < columns.size(); job++) {
            if (runs.get(job) && Streams.any(patterns, columns, job)) {
                for (int user : Streams.users(patterns, columns, job)) {
                    if (runs.get(user)) {
                        streams.join(job, user);
                        together.join(job, user);
                    }
                }
            }
        }
    }

    /** A stream's jobs without a group are in the group of the others. */
    private void spreadGroups() {
        Map<Integer, String> known = new HashMap<>();
        runs.stream()
                .filter(job -> groups[job] != null)
                .forEach(job -> known.put(streams.find(job), String.valueOf(groups[job])));
        runs.stream()
                .filter(job -> groups[job] == null)
                .forEach(job -> groups[job] = known.get(streams.find(job)));
    }

    private void joinGroups(PlanRequest request) {
        runs.stream()
                .filter(job -> groups[job] != null)
                .forEach(
                        job -> {
                            for (int needed : columns.needs().of(job)) {
                                if (runs.get(needed) && sameGroup(job, needed)) {
                                    together.join(job, needed);
                                }
                            }
                        });
        if (!request.grouping().components().isEmpty()) {
            joinComponents(request);
        }
    }

    private boolean sameGroup(int job, int other) {
        String group = groups[job];
        return group != null && group.equals(groups[other]);
    }

    /** {@code --group-components}: so many connected parts of a group make one task. */
    private void joinComponents(PlanRequest request) {
        Map<String, SequencedSet<Integer>> roots = new TreeMap<>();
        for (int job : order) {
            String group = groups[job];
            if (runs.get(job) && group != null) {
                roots.computeIfAbsent(group, name -> new LinkedHashSet<>()).add(together.find(job));
            }
        }
        roots.forEach(
                (group, parts) -> {
                    int count = request.grouping().components().getOrDefault(group, 1);
                    List<Integer> list = List.copyOf(parts);
                    for (int i = 0; i < list.size(); i++) {
                        together.join(list.get(i), list.get(i / count * count));
                    }
                });
    }

    private Task task(int id, Ints jobs, JobViews views) {
        List<Integer> ids = new ArrayList<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            ids.add(jobs.get(i));
        }
        int first = ids.getFirst();
        if (ids.size() == 1) {
            return new Task(
                    id,
                    views.key(first),
                    Task.Kind.ONE,
                    groups[first],
                    ids,
                    List.of(ids),
                    needs(id, ids));
        }
        List<List<Integer>> levels = levels(id, ids);
        Task.Kind kind = levels.size() == 1 ? Task.Kind.TOGETHER : Task.Kind.LAYERS;
        StringBuilder key = new StringBuilder();
        ids.stream().map(views::key).sorted().forEach(key::append);
        String hash = Hashes.hex(key.toString()).substring(0, 32);
        boolean streamed = ids.stream().allMatch(job -> streams.find(job) == streams.find(first));
        return new Task(
                id,
                hash,
                streamed
                        ? Task.Kind.TOGETHER
                        : kind == Task.Kind.TOGETHER ? Task.Kind.LAYERS : kind,
                groups[first],
                ids,
                levels,
                needs(id, ids));
    }

    private List<Integer> needs(int id, List<Integer> jobs) {
        SequencedSet<Integer> needs = new LinkedHashSet<>();
        for (int job : jobs) {
            for (int needed : columns.needs().of(job)) {
                if (runs.get(needed) && taskOf[needed] != id) {
                    needs.add(taskOf[needed]);
                }
            }
            for (int earlier : updates.getOrDefault(job, List.of())) {
                if (taskOf[earlier] != id) {
                    needs.add(taskOf[earlier]);
                }
            }
        }
        return List.copyOf(needs);
    }

    /** Jobs joined by a stream share a layer. */
    private List<List<Integer>> levels(int id, List<Integer> jobs) {
        Map<Integer, Integer> depth = new HashMap<>();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int job : jobs) {
                int deepest = depth.getOrDefault(streams.find(job), 0);
                for (int needed : columns.needs().of(job)) {
                    boolean inside = runs.get(needed) && taskOf[needed] == id;
                    if (inside && streams.find(needed) != streams.find(job)) {
                        int below = depth.getOrDefault(streams.find(needed), 0);
                        deepest = Math.max(deepest, below + 1);
                    }
                }
                Integer before = depth.put(streams.find(job), deepest);
                changed |= before == null ? deepest > 0 : before != deepest;
            }
        }
        TreeMap<Integer, List<Integer>> levels = new TreeMap<>();
        for (int job : jobs) {
            levels.computeIfAbsent(depth.get(streams.find(job)), level -> new ArrayList<>())
                    .add(job);
        }
        return List.copyOf(levels.values());
    }

    private @Nullable Problem selfDependent() {
        int[] open = new int[tasks.size()];
        List<Ints> users = new ArrayList<>(tasks.size());
        tasks.forEach(task -> users.add(new Ints()));
        Ints ready = new Ints();
        for (Task task : tasks) {
            open[task.id()] = task.needs().size();
            task.needs().forEach(needed -> users.get(needed).add(task.id()));
            if (open[task.id()] == 0) {
                ready.add(task.id());
            }
        }
        for (int next = 0; next < ready.size(); next++) {
            Ints waiting = users.get(ready.get(next));
            for (int i = 0; i < waiting.size(); i++) {
                if (--open[waiting.get(i)] == 0) {
                    ready.add(waiting.get(i));
                }
            }
        }
        for (Task task : tasks) {
            if (open[task.id()] > 0 && task.jobs().size() > 1) {
                return Problems.ofRule(
                        PlanCode.GROUP_DEPENDS_ON_ITSELF,
                        columns.ruleOf(task.jobs().getFirst()),
                        "Group "
                                + task.group()
                                + " depends on itself: a path of jobs leaves the group and enters"
                                + " it again. Put the jobs in between into the group too, or take"
                                + " some out.",
                        List.of());
            }
        }
        return null;
    }
}
