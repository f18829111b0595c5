package dev.sluice.app.host;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The cores of this machine, shared fairly by the owners of runs: the next attempt is one of the
 * owner who uses the fewest cores, of his run that uses the fewest, the first that came. One that
 * is too large for what is free is passed by smaller ones, so that no core idles; but one whose run
 * has less than its share is passed a bounded number of times, and then all wait for it. Decides
 * only; knows no thread and no clock, and is owned by whoever asks it.
 */
final class CoreQueue {
    /** How often a large attempt is passed before the cores are kept for it. */
    static final int PASSES = 16;

    private final int cores;
    private final SequencedMap<String, Owner> owners = new LinkedHashMap<>();
    private final SequencedMap<String, Ticket> tickets = new LinkedHashMap<>();
    private int used;
    private long came;

    /**
     * A place in the queue.
     *
     * @param attempt unique in its run
     * @param cores as the rule says; more than the machine has count as all of them
     */
    record Place(String owner, String run, String attempt, int cores) {
        String name() {
            return run + " " + attempt;
        }
    }

    private static final class Ticket {
        final Place place;
        final int cores;

        /** The lower, the earlier it came. */
        final long number;

        boolean admitted;
        int passed;

        Ticket(Place place, int cores, long number) {
            this.place = place;
            this.cores = cores;
            this.number = number;
        }
    }

    private static final class Owner {
        int used;
        final SequencedMap<String, Run> runs = new LinkedHashMap<>();
    }

    private static final class Run {
        final Owner owner;
        int used;
        int held;
        final Deque<Ticket> waiting = new ArrayDeque<>();

        Run(Owner owner) {
            this.owner = owner;
        }
    }

    CoreQueue(int cores) {
        this.cores = cores;
    }

    int cores() {
        return cores;
    }

    int used() {
        return used;
    }

    /** Puts it at the end of its run's line; false where it is here already. */
    boolean add(Place place) {
        Ticket ticket = ticket(place);
        if (tickets.putIfAbsent(place.name(), ticket) != null) {
            return false;
        }
        run(place).waiting.addLast(ticket);
        return true;
    }

    private Ticket ticket(Place place) {
        return new Ticket(place, Math.clamp(place.cores(), 0, cores), came++);
    }

    /** It runs already, whether there is room for it or not. */
    void occupy(Place place) {
        Ticket known = tickets.get(place.name());
        if (known != null && known.admitted) {
            return;
        }
        if (known != null) {
            run(place).waiting.remove(known);
        }
        Ticket ticket = ticket(place);
        tickets.put(place.name(), ticket);
        admit(ticket);
    }

    /** Whether it was still waiting, and now is no more. */
    boolean withdraw(String run, String attempt) {
        Ticket ticket = tickets.get(run + " " + attempt);
        if (ticket == null || ticket.admitted) {
            return false;
        }
        tickets.remove(ticket.place.name());
        run(ticket.place).waiting.remove(ticket);
        tidy(ticket.place);
        return true;
    }

    /** It has ended; unknown ones change nothing. */
    void release(String run, String attempt) {
        Ticket ticket = tickets.get(run + " " + attempt);
        if (ticket == null || !ticket.admitted) {
            return;
        }
        tickets.remove(ticket.place.name());
        used -= ticket.cores;
        Owner owner = owner(ticket.place);
        owner.used -= ticket.cores;
        Run of = run(ticket.place);
        of.used -= ticket.cores;
        of.held--;
        tidy(ticket.place);
    }

    /** The engine of the run is gone: nothing of it waits or counts any more. */
    void forget(String run) {
        for (Ticket ticket : List.copyOf(tickets.sequencedValues())) {
            if (ticket.place.run().equals(run)) {
                if (ticket.admitted) {
                    release(run, ticket.place.attempt());
                } else {
                    withdraw(run, ticket.place.attempt());
                }
            }
        }
    }

    /** Those that may start now, in this order. */
    List<Place> admit() {
        List<Place> admitted = new ArrayList<>();
        Ticket next = next();
        while (next != null) {
            run(next.place).waiting.remove(next);
            admit(next);
            admitted.add(next.place);
            next = next();
        }
        return admitted;
    }

    /**
     * How many attempts wait before this one would start, were nothing to end; -1: it waits not.
     */
    int before(String run, String attempt) {
        Ticket ticket = tickets.get(run + " " + attempt);
        if (ticket == null || ticket.admitted) {
            return -1;
        }
        int before = 0;
        for (Ticket other : run(ticket.place).waiting) {
            if (other == ticket) {
                break;
            }
            before++;
        }
        return before;
    }

    /** How many attempts of the run wait. */
    int waiting(String run) {
        int waiting = 0;
        for (Owner owner : owners.values()) {
            Run of = owner.runs.get(run);
            waiting += of == null ? 0 : of.waiting.size();
        }
        return waiting;
    }

    /** Owners that use cores now. */
    int ownersAtWork() {
        return (int) owners.values().stream().filter(owner -> owner.used > 0).count();
    }

    private @Nullable Ticket next() {
        List<Run> due = due();
        for (Run run : due) {
            Ticket head = run.waiting.getFirst();
            if (head.passed >= PASSES && hasLessThanItsShare(run)) {
                // Room is kept for it.
                return fits(head) ? head : null;
            }
        }
        for (Run run : due) {
            for (Ticket ticket : run.waiting) {
                if (fits(ticket)) {
                    countPasses(due, ticket);
                    return ticket;
                }
            }
        }
        return null;
    }

    /** Those first in their line that would have come before it, had there been room. */
    private void countPasses(List<Run> due, Ticket taken) {
        for (Run run : due) {
            Ticket head = run.waiting.getFirst();
            if (head != taken && !fits(head) && hasLessThanItsShare(run)) {
                head.passed++;
            }
        }
    }

    private boolean fits(Ticket ticket) {
        return ticket.cores == 0 || used + ticket.cores <= cores;
    }

    /** Whoever has his share may not make others wait for more. */
    private boolean hasLessThanItsShare(Run run) {
        Owner owner = run.owner;
        int runs = owner.runs.size();
        return owner.used * owners.size() < cores && (long) run.used * owners.size() * runs < cores;
    }

    /** Runs that wait, in the order in which it is their turn. */
    private List<Run> due() {
        List<Run> due = new ArrayList<>();
        for (Owner owner : owners.values()) {
            owner.runs.values().stream().filter(run -> !run.waiting.isEmpty()).forEach(due::add);
        }
        due.sort(
                Comparator.<Run>comparingInt(run -> run.owner.used)
                        .thenComparingInt(run -> run.used)
                        .thenComparingLong(run -> run.waiting.getFirst().number));
        return due;
    }

    private void admit(Ticket ticket) {
        ticket.admitted = true;
        used += ticket.cores;
        owner(ticket.place).used += ticket.cores;
        Run run = run(ticket.place);
        run.used += ticket.cores;
        run.held++;
    }

    private Owner owner(Place place) {
        return owners.computeIfAbsent(place.owner(), _ -> new Owner());
    }

    private Run run(Place place) {
        Owner owner = owner(place);
        return owner.runs.computeIfAbsent(place.run(), _ -> new Run(owner));
    }

    private void tidy(Place place) {
        Owner owner = owner(place);
        Run run = run(place);
        if (run.waiting.isEmpty() && run.held == 0) {
            owner.runs.remove(place.run());
        }
        if (owner.runs.isEmpty()) {
            owners.remove(place.owner());
        }
    }
}
