package dev.sluice.engine.schedule;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The limits of a run as vectors: the number of tasks, cores, then each named resource. */
final class Capacity {
    private final Limits limits;
    private final List<String> names;
    private final Amounts whole;
    private final Amounts nothing;

    Capacity(Limits limits) {
        this.limits = limits;
        names = List.copyOf(limits.resources().sequencedKeySet());
        long[] values = new long[names.size() + 2];
        values[0] = limits.jobs();
        values[1] = limits.cores();
        for (int i = 0; i < names.size(); i++) {
            values[i + 2] = amount(limits.resources().get(names.get(i)));
        }
        whole = Amounts.of(values);
        nothing = Amounts.of(new long[values.length]);
    }

    Amounts whole() {
        return whole;
    }

    Amounts nothing() {
        return nothing;
    }

    /** The needs with no more threads than there are cores: what the task is told that it has. */
    Needs capped(Needs needs) {
        return needs.threads() <= limits.cores()
                ? needs
                : new Needs(limits.cores(), needs.resources());
    }

    /** Threads are capped to the cores that there are. */
    Amounts demandOf(Needs needs) {
        long[] values = new long[names.size() + 2];
        values[0] = 1;
        values[1] = Math.min(needs.threads(), limits.cores());
        for (int i = 0; i < names.size(); i++) {
            values[i + 2] = amount(needs.resources().get(names.get(i)));
        }
        return Amounts.of(values);
    }

    /** Why a task of these needs can never run here, or null. */
    @Nullable String refusal(Needs needs) {
        for (String name : names) {
            long wanted = amount(needs.resources().get(name));
            long available = amount(limits.resources().get(name));
            if (wanted > available) {
                return "it needs "
                        + name
                        + "="
                        + wanted
                        + ", but the run has only "
                        + name
                        + "="
                        + available;
            }
        }
        return null;
    }

    private static long amount(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
