package dev.sluice.engine.format;

import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

/** A format spec without its last {@code q} or {@code u}, and whether to quote. */
record Quoting(String spec, boolean quote) {

    private static final Quoting BARE = new Quoting("", false);

    static Quoting of(String spec) {
        if (spec.isEmpty()) {
            return BARE;
        }
        char last = spec.charAt(spec.length() - 1);
        if (last == 'u' || last == 'q') {
            return new Quoting(spec.substring(0, spec.length() - 1), last == 'q');
        }
        return new Quoting(spec, false);
    }

    /** One value formatted and quoted; null where only Python knows how. */
    @Nullable String element(Value value) {
        String formatted;
        if (spec.isEmpty()) {
            formatted = Plainness.hasKnownStr(value) ? PythonRepr.str(value) : null;
        } else {
            formatted = FormatSpec.apply(spec, value);
        }
        return quote && formatted != null ? shellQuoted(formatted) : formatted;
    }

    /** As {@code shlex.quote}, but nothing stays nothing. */
    static String shellQuoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isSafe(text.charAt(i))) {
                return "'" + text.replace("'", "'\"'\"'") + "'";
            }
        }
        return text;
    }

    private static boolean isSafe(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "@%+=:,./-_".indexOf(c) >= 0;
    }
}
