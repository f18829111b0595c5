package dev.sluice.app.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The queue for this machine's cores, for engines on threads of their own. What is admitted is
 * started on the thread that made room for it, outside the lock.
 */
final class SharedCores {
    private final CoreQueue queue;
    private final Map<String, Runnable> starts = new HashMap<>();

    /** Runs of the server's last life whose jobs may use cores that are not counted yet. */
    private final Set<String> expected = new LinkedHashSet<>();

    SharedCores(int cores) {
        queue = new CoreQueue(cores);
    }

    int cores() {
        return queue.cores();
    }

    /** Nothing is let through before this run has taken over what it left running. */
    void expect(String run) {
        synchronized (queue) {
            expected.add(run);
        }
    }

    /** What the run left running is counted from now on, or there is nothing of the kind. */
    void hasTakenOver(String run) {
        List<Runnable> admitted = List.of();
        synchronized (queue) {
            if (expected.remove(run)) {
                admitted = admitted();
            }
        }
        admitted.forEach(Runnable::run);
    }

    /** Those that did not come in time are waited for no longer. */
    void expectNobody() {
        List<Runnable> admitted;
        synchronized (queue) {
            expected.clear();
            admitted = admitted();
        }
        admitted.forEach(Runnable::run);
    }

    /** Waits in line; {@code start} is called once there is room, perhaps at once. */
    void add(CoreQueue.Place place, Runnable start) {
        List<Runnable> admitted;
        synchronized (queue) {
            if (queue.add(place)) {
                starts.put(place.name(), start);
            }
            admitted = admitted();
        }
        admitted.forEach(Runnable::run);
    }

    void occupy(CoreQueue.Place place) {
        synchronized (queue) {
            starts.remove(place.name());
            queue.occupy(place);
        }
    }

    boolean withdraw(String run, String attempt) {
        List<Runnable> admitted;
        boolean withdrawn;
        synchronized (queue) {
            withdrawn = queue.withdraw(run, attempt);
            if (withdrawn) {
                starts.remove(run + " " + attempt);
            }
            admitted = admitted();
        }
        admitted.forEach(Runnable::run);
        return withdrawn;
    }

    void release(String run, String attempt) {
        List<Runnable> admitted;
        synchronized (queue) {
            queue.release(run, attempt);
            admitted = admitted();
        }
        admitted.forEach(Runnable::run);
    }

    void forget(String run) {
        List<Runnable> admitted;
        synchronized (queue) {
            queue.forget(run);
            starts.keySet().removeIf(name -> name.startsWith(run + " "));
            admitted = admitted();
        }
        admitted.forEach(Runnable::run);
    }

    /** Why the attempt waits, or an empty text where it does not wait here. */
    String explain(String run, String attempt) {
        synchronized (queue) {
            int before = queue.before(run, attempt);
            return before < 0 ? "" : "waits for cores: " + inUse() + ", " + before + " before it";
        }
    }

    /** What jobs of the run wait for, or an empty text. */
    String explain(String run) {
        synchronized (queue) {
            int waiting = queue.waiting(run);
            return waiting == 0
                    ? ""
                    : waiting
                            + (waiting == 1 ? " job waits" : " jobs wait")
                            + " for cores of this server: "
                            + inUse()
                            + (queue.ownersAtWork() > 1
                                    ? ", shared by " + queue.ownersAtWork() + " owners"
                                    : "");
        }
    }

    private String inUse() {
        return queue.used() + " of " + queue.cores() + " in use";
    }

    private List<Runnable> admitted() {
        List<Runnable> admitted = new ArrayList<>();
        if (!expected.isEmpty()) {
            return admitted;
        }
        for (CoreQueue.Place place : queue.admit()) {
            Runnable start = starts.remove(place.name());
            if (start != null) {
                admitted.add(start);
            }
        }
        return admitted;
    }
}
