package dev.sluice.engine.schedule;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What each task has spent of its budgets. Most tasks never spend anything. */
final class Accounts {
    private final Map<Integer, EnumMap<Budget, Integer>> spent = new HashMap<>();

    int spent(int task, Budget budget) {
        EnumMap<Budget, Integer> account = spent.get(task);
        return account == null ? 0 : account.getOrDefault(budget, 0);
    }

    void spend(int task, Budget budget) {
        spent.computeIfAbsent(task, _ -> new EnumMap<>(Budget.class))
                .merge(budget, 1, Integer::sum);
    }

    void clear(int task) {
        spent.remove(task);
    }

    void clear() {
        spent.clear();
    }
}
