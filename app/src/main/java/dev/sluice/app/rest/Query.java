package dev.sluice.app.rest;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The words behind the question mark; a name may stand several times. */
final class Query {
    static final Query NONE = new Query(new LinkedHashMap<>());

    private final SequencedMap<String, List<String>> words;

    private Query(SequencedMap<String, List<String>> words) {
        this.words = words;
    }

    /**
     * @param raw as it was sent, without the question mark
     * @throws Problem where it is not percent-encoded as it should be
     */
    static Query of(@Nullable String raw) {
        var words = new LinkedHashMap<String, List<String>>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                words.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return new Query(words);
    }

    /** As given, in order; empty where not given. */
    List<String> all(String name) {
        return Collections.unmodifiableList(words.getOrDefault(name, List.of()));
    }

    /** The texts between commas of all that were given, without empty ones. */
    List<String> list(String name) {
        return all(name).stream()
                .flatMap(each -> List.of(each.split(",", -1)).stream())
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** The last one; null where not given or empty. */
    @Nullable String last(String name) {
        List<String> all = all(name);
        return all.isEmpty() || all.getLast().isEmpty() ? null : all.getLast();
    }

    String last(String name, String otherwise) {
        String last = last(name);
        return last == null ? otherwise : last;
    }

    /**
     * A whole number; one that is too large is cut to {@code most}.
     *
     * @throws Problem where it is none, or less than {@code least}
     */
    long number(String name, long otherwise, long least, long most) {
        String text = last(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("-?[0-9]{1,18}") || Long.parseLong(text) < least) {
            throw Problem.badRequest(
                    "`" + name + "` is a whole number from " + least + ", not `" + text + "`",
                    null);
        }
        return Math.min(most, Long.parseLong(text));
    }

    /** As {@link #number}, where it fits. */
    int count(String name, int otherwise, int least, int most) {
        return (int) number(name, otherwise, least, most);
    }

    /**
     * @throws Problem where a word stands here that the operation does not know
     */
    void only(List<String> known) {
        for (String name : words.keySet()) {
            if (!known.contains(name)) {
                throw Problem.badRequest(
                        "`" + name + "` means nothing here",
                        known.isEmpty()
                                ? "this takes no words behind the question mark"
                                : "what can be given: " + String.join(", ", known));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("`" + text + "` is not percent-encoded as it should be", null);
        }
    }
}
