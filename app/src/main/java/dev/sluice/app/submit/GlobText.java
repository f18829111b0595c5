package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** A pattern of {@code .gitignore} on its way to a regular expression; read once. */
final class GlobText {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean plain = true;

    GlobText(String glob) {
        this.glob = glob;
    }

    /** Null where the pattern is broken off and so matches nothing. */
    @Nullable String regex() {
        while (at < glob.length()) {
            char c = glob.charAt(at);
            boolean begins = begins();
            plain &= "*?[\\".indexOf(c) < 0;
            boolean whole =
                    switch (c) {
                        case '*' -> stars(begins);
                        case '?' -> one("[^/]");
                        case '[' -> brackets();
                        case '\\' -> escaped();
                        default -> literal(c);
                    };
            if (!whole) {
                return null;
            }
        }
        return regex.toString();
    }

    private boolean one(String text) {
        regex.append(text);
        at++;
        return true;
    }

    private boolean literal(char c) {
        return one(quoted(c));
    }

    private static String quoted(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c > 127 ? "" + c : "\\" + c;
    }

    private boolean escaped() {
        at++;
        return at < glob.length() && literal(glob.charAt(at));
    }

    /** Git cuts off the plain beginning of a rule before it looks for stars. */
    private boolean begins() {
        return plain || glob.charAt(at - 1) == '/';
    }

    private boolean stars(boolean begins) {
        int from = at;
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        boolean ends = at == glob.length();
        if (at - from < 2 || !begins || !(ends || glob.charAt(at) == '/')) {
            regex.append("[^/]*");
        } else if (ends) {
            regex.append(".*");
        } else {
            // `**/`: any folders, and none.
            regex.append("(?:.*/)?");
            at++;
        }
        return true;
    }

    private boolean brackets() {
        at++;
        boolean not = at < glob.length() && "!^".indexOf(glob.charAt(at)) >= 0;
        if (not) {
            at++;
        }
        var set = new StringBuilder();
        boolean first = true;
        while (at < glob.length() && (first || glob.charAt(at) != ']')) {
            first = false;
            if (!member(set)) {
                return false;
            }
        }
        if (at >= glob.length()) {
            return false;
        }
        at++;
        // `(?!)` matches nothing; and no set has the slash in it, whatever stands there.
        if (set.isEmpty()) {
            regex.append(not ? "[^/]" : "(?!)");
            return true;
        }
        regex.append("(?!/)[").append(not ? "^" : "").append(set).append(']');
        return true;
    }

    private boolean member(StringBuilder set) {
        if (glob.startsWith("[:", at)) {
            int end = glob.indexOf(":]", at);
            String posix = end < 0 ? null : posix(glob.substring(at + 2, end));
            if (posix == null) {
                return false;
            }
            set.append(posix);
            at = end + 2;
            return true;
        }
        if (glob.charAt(at) == '\\' && ++at >= glob.length()) {
            return false;
        }
        char c = glob.charAt(at++);
        boolean range =
                at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']';
        if (!range) {
            set.append(quoted(c));
            return true;
        }
        at++;
        if (glob.charAt(at) == '\\' && ++at >= glob.length()) {
            return false;
        }
        char last = glob.charAt(at++);
        // A range the wrong way round is no mistake, there is only nothing in it.
        if (c <= last) {
            set.append(quoted(c)).append('-').append(quoted(last));
        }
        return true;
    }

    private static @Nullable String posix(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "alpha" -> "\\p{Alpha}";
            case "digit" -> "\\p{Digit}";
            case "alnum" -> "\\p{Alnum}";
            case "upper" -> "\\p{Upper}";
            case "lower" -> "\\p{Lower}";
            case "space" -> "\\s";
            case "blank" -> "\\p{Blank}";
            case "punct" -> "\\p{Punct}";
            case "print" -> "\\p{Print}";
            case "graph" -> "\\p{Graph}";
            case "cntrl" -> "\\p{Cntrl}";
            case "xdigit" -> "\\p{XDigit}";
            default -> null;
        };
    }
}
