package dev.sluice.engine.plan;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names that a user may have meant. */
final class Similar {
    private static final int SHOWN = 3;
    private static final int COMPARED = 20_000;

    private Similar() {}

    private record Near(String name, int distance) {}

    /** "did you mean …?", or null where nothing is near. */
    static @Nullable String hint(String name, List<String> names) {
        int allowed = Math.max(1, name.length() / 5);
        List<Near> near = new ArrayList<>();
        for (String other : names.subList(0, Math.min(names.size(), COMPARED))) {
            if (Math.abs(other.length() - name.length()) <= allowed) {
                int distance = distance(name, other);
                if (distance <= allowed && distance > 0) {
                    near.add(new Near(other, distance));
                }
            }
        }
        near.sort(Comparator.comparingInt(Near::distance));
        if (near.isEmpty()) {
            return null;
        }
        List<String> shown = near.stream().limit(SHOWN).map(Near::name).toList();
        return "did you mean `" + String.join("` or `", shown) + "`?";
    }

    /** Letters to insert, drop or change; two that changed places count once. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
                if (swapped(a, i, b, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
