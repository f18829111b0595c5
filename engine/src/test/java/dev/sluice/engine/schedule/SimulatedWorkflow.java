package dev.sluice.engine.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** A random workflow, what of it is on disk, and the planner that looks there. */
final class SimulatedWorkflow {
    private final Random random;

    /** Needs by name. Checkpoints add to it once they are done. */
    private final Map<String, List<String>> graph = new LinkedHashMap<>();

    private final Set<String> checkpoints = new LinkedHashSet<>();
    private final Set<String> opened = new LinkedHashSet<>();

    /** What is on disk: finished, and recorded as such. */
    private final Set<String> done = new LinkedHashSet<>();

    SimulatedWorkflow(Random random) {
        this.random = random;
        int tasks = 1 + random.nextInt(30);
        for (int task = 0; task < tasks; task++) {
            addTask("t" + task, random.nextInt(10) == 0);
        }
    }

    private void addTask(String name, boolean checkpoint) {
        var needs = new LinkedHashSet<String>();
        List<String> earlier = List.copyOf(graph.keySet());
        for (int need = random.nextInt(4); need > 0 && !earlier.isEmpty(); need--) {
            needs.add(earlier.get(random.nextInt(earlier.size())));
        }
        graph.put(name, new ArrayList<>(needs));
        if (checkpoint) {
            checkpoints.add(name);
        }
    }

    Set<String> names() {
        return graph.keySet();
    }

    Set<String> done() {
        return done;
    }

    List<String> needsOf(String name) {
        return Objects.requireNonNull(graph.get(name));
    }

    /** Made from old inputs while new ones are being made: a planner would see that it is stale. */
    void finished(String name) {
        if (done.containsAll(needsOf(name))) {
            done.add(name);
        }
    }

    /** Made from the graph and the disk, as a planner would. */
    TestWorkload plan() {
        for (String checkpoint : checkpoints) {
            if (done.contains(checkpoint) && opened.add(checkpoint)) {
                open(checkpoint);
            }
        }
        var made = new TestWorkload();
        for (String name : graph.keySet()) {
            if (!done.contains(name)) {
                add(made, name);
            }
        }
        for (int task = 0; task < made.taskCount(); task++) {
            made.rewire(task, needsIn(made, made.name(task)));
        }
        return made;
    }

    /** The plan after these checkpoints of {@code old}. */
    Event.PlanChanged replan(TestWorkload old, List<Integer> waiting) {
        TestWorkload changed = old.copy();
        var rewired = new LinkedHashSet<String>();
        for (int checkpoint : waiting) {
            String name = old.name(checkpoint);
            rewired.addAll(opened.add(name) ? open(name) : List.of());
        }
        var added = new ArrayList<Integer>();
        for (String name : graph.keySet()) {
            if (indexOf(changed, name) < 0 && !done.contains(name)) {
                added.add(changed.taskCount());
                add(changed, name);
            }
        }
        added.forEach(task -> changed.rewire(task, needsIn(changed, changed.name(task))));
        List<Integer> tasks =
                rewired.stream()
                        .map(name -> indexOf(changed, name))
                        .filter(task -> task >= 0)
                        .toList();
        tasks.forEach(task -> changed.rewire(task, needsIn(changed, changed.name(task))));
        return new Event.PlanChanged(waiting, changed, added, tasks, List.of());
    }

    /** What was done is to be made anew, and all that was made from it. */
    void changeAnInput() {
        var stale = new LinkedHashSet<String>();
        int before;
        do {
            before = stale.size();
            for (String name : done) {
                boolean reached = needsOf(name).stream().anyMatch(stale::contains);
                if (reached || (before == 0 && random.nextInt(8) == 0)) {
                    stale.add(name);
                }
            }
        } while (stale.size() > before);
        done.removeAll(stale);
    }

    static int indexOf(TestWorkload plan, String name) {
        for (int task = 0; task < plan.taskCount(); task++) {
            if (plan.name(task).equals(name)) {
                return task;
            }
        }
        return -1;
    }

    private void add(TestWorkload made, String name) {
        int task = made.task(name);
        made.retries(task, Math.floorMod(name.hashCode(), 3))
                .priority(task, Math.floorMod(name.hashCode(), 5));
        if (checkpoints.contains(name)) {
            made.asCheckpoint(task);
        }
    }

    private List<Integer> needsIn(TestWorkload made, String name) {
        return needsOf(name).stream()
                .map(need -> indexOf(made, need))
                .filter(need -> need >= 0)
                .toList();
    }

    /**
     * New tasks that need the checkpoint; what needs it needs them too from now on. Gives the
     * latter.
     */
    private List<String> open(String checkpoint) {
        List<String> dependents =
                graph.keySet().stream()
                        .filter(name -> needsOf(name).contains(checkpoint) && !done.contains(name))
                        .toList();
        for (int part = random.nextInt(4); part > 0; part--) {
            String name = checkpoint + ".part" + part;
            graph.put(name, new ArrayList<>(List.of(checkpoint)));
            dependents.forEach(dependent -> needsOf(dependent).add(name));
        }
        return dependents;
    }
}
