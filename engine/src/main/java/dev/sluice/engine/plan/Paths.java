package dev.sluice.engine.plan;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each path once, under a number. Only grows. */
final class Paths {
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    int id(String text) {
        Integer known = ids.get(text);
        if (known != null) {
            return known;
        }
        ids.put(text, texts.size());
        texts.add(text);
        return texts.size() - 1;
    }

    /** -1 where the path is not known. */
    int find(String text) {
        @Nullable Integer known = ids.get(text);
        return known == null ? -1 : known;
    }

    String text(int id) {
        return texts.get(id);
    }

    int size() {
        return texts.size();
    }
}
