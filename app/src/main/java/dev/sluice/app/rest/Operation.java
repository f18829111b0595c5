package dev.sluice.app.rest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A row of the table: what can be asked.
 *
 * @param path below {@link RestApi#ROOT}, with its parameters in braces
 * @param id unique, as the description calls it
 * @param words what may stand behind the question mark
 */
record Operation(String method, String path, String id, List<String> words, Handler handler) {
    Operation {
        words = List.copyOf(words);
    }

    /** Answers a request; throws a {@link Problem} where it cannot. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Request request);
    }

    /**
     * The parameters where the path is of this shape, else null.
     *
     * @param segments of a path, decoded
     */
    @Nullable SequencedMap<String, String> match(List<String> segments) {
        List<String> own = segments();
        if (own.size() != segments.size()) {
            return null;
        }
        var found = new LinkedHashMap<String, String>();
        for (int i = 0; i < own.size(); i++) {
            String segment = own.get(i);
            if (segment.startsWith("{")) {
                found.put(segment.substring(1, segment.length() - 1), segments.get(i));
            } else if (!segment.equals(segments.get(i))) {
                return null;
            }
        }
        return found;
    }

    private List<String> segments() {
        var segments = new ArrayList<String>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }
}
