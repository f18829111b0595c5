package dev.sluice.engine.pattern;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rewrites regular expressions of Python's {@code re} for Java's engine, piece by piece, so that
 * the pieces make one expression with common groups. The result wants {@link #FLAGS}.
 */
final class PythonRegex {
    /** Lines end with a line feed only, as for Python. */
    static final int FLAGS = Pattern.UNIX_LINES;

    private static final String WORD_CLASS = "[" + CharSet.WORD + "]";

    private final StringBuilder java = new StringBuilder();

    /** Java's names of the groups: it allows no underscore. */
    private final Map<String, String> groups = new HashMap<>();

    /** Numbers of the groups that are open; Python lets none of them be referred to. */
    private final Set<Integer> openGroups = new HashSet<>();

    private int groupCount;
    private String regex = "";
    private int at;
    private boolean repeatable;

    String java() {
        return java.toString();
    }

    PythonRegex literal(String text) {
        text.codePoints().forEach(c -> java.append(Escape.java(c)));
        return this;
    }

    /** A wildcard's group around a piece. */
    PythonRegex wildcard(String name, String constraint) {
        java.append("(?<").append(declare(name)).append('>');
        int number = groupCount;
        openGroups.add(number);
        piece(constraint);
        openGroups.remove(number);
        java.append(')');
        return this;
    }

    PythonRegex reference(String name) {
        String group = groupNamed(name);
        if (openGroups.contains(Integer.parseInt(group.substring(1)))) {
            throw new BadPattern("cannot refer to the open group '" + name + "'");
        }
        java.append("\\k<").append(group).append('>');
        return this;
    }

    PythonRegex end() {
        java.append('$');
        if (java.indexOf("(?<=") >= 0 || java.indexOf("(?<!") >= 0) {
            // Java looks behind by whole characters only where its text has one beyond the basic
            // plane; one that cannot follow the end does no harm.
            java.append("(?!\uD800\uDC00)");
        }
        return this;
    }

    String groupNamed(String name) {
        String group = groups.get(name);
        if (group == null) {
            throw new BadPattern("unknown group name '" + name + "'");
        }
        return group;
    }

    private String declare(String name) {
        if (!isIdentifier(name)) {
            throw new BadPattern("bad character in group name '" + name + "'");
        }
        groupCount++;
        String group = "g" + groupCount;
        if (groups.putIfAbsent(name, group) != null) {
            throw new BadPattern("redefinition of group name '" + name + "'");
        }
        return group;
    }

    private static boolean isIdentifier(String name) {
        if (name.isEmpty() || Character.isDigit(name.codePointAt(0))) {
            return false;
        }
        return name.codePoints().allMatch(CharSet::isWord);
    }

    /** Appends a piece as the user wrote it. */
    PythonRegex piece(String text) {
        regex = text;
        at = 0;
        alternatives(false);
        if (at < regex.length()) {
            throw new BadPattern("unbalanced parenthesis at position " + at);
        }
        return this;
    }

    private void alternatives(boolean verbose) {
        repeatable = false;
        while (at < regex.length() && regex.charAt(at) != ')') {
            element(verbose);
        }
    }

    private void element(boolean verbose) {
        char c = regex.charAt(at);
        if (verbose && CharSet.isSpace(c)) {
            at++;
            return;
        }
        if (verbose && c == '#') {
            int end = regex.indexOf('\n', at);
            at = end < 0 ? regex.length() : end + 1;
            return;
        }
        switch (c) {
            case '(' -> group(verbose);
            case '[' -> charClass();
            case '\\' -> escape();
            case '*', '+', '?' -> quantifier(Character.toString(c), at + 1);
            case '{' -> braces();
            case '|' -> {
                java.append('|');
                at++;
                repeatable = false;
            }
            case '^', '$' -> {
                java.append(c);
                at++;
                repeatable = false;
            }
            case '.' -> {
                java.append('.');
                at++;
                repeatable = true;
            }
            default -> character();
        }
    }

    private void character() {
        int c = regex.codePointAt(at);
        java.append(Escape.java(c));
        at += Character.charCount(c);
        repeatable = true;
    }

    private void charClass() {
        ClassReader.Read read = ClassReader.read(regex, at);
        java.append(read.java());
        at = read.end();
        repeatable = true;
    }

    private void quantifier(String text, int end) {
        if (!repeatable) {
            throw new BadPattern("nothing to repeat at position " + at);
        }
        java.append(text);
        at = end;
        if (at < regex.length() && (regex.charAt(at) == '?' || regex.charAt(at) == '+')) {
            java.append(regex.charAt(at));
            at++;
        }
        repeatable = false;
    }

    /** A brace that starts no quantifier is plain text for Python. */
    private void braces() {
        int comma = skipDigits(at + 1);
        int end = comma;
        boolean ranged = comma < regex.length() && regex.charAt(comma) == ',';
        if (ranged) {
            end = skipDigits(comma + 1);
        }
        boolean closed = end < regex.length() && regex.charAt(end) == '}';
        if (!closed || end == at + 1) {
            character();
            return;
        }
        String least = regex.substring(at + 1, comma);
        String most = ranged ? regex.substring(comma + 1, end) : "";
        String java = "{" + (least.isEmpty() ? "0" : least) + (ranged ? "," + most : "") + "}";
        quantifier(java, end + 1);
    }

    private int skipDigits(int from) {
        int i = from;
        while (i < regex.length() && regex.charAt(i) >= '0' && regex.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private void escape() {
        if (at + 1 >= regex.length()) {
            throw new BadPattern("bad escape (end of pattern) at position " + at);
        }
        char c = regex.charAt(at + 1);
        String java =
                switch (c) {
                    case 'A' -> "\\A";
                    case 'Z', 'z' -> "\\z";
                    case 'b' ->
                            "(?:(?<="
                                    + WORD_CLASS
                                    + ")(?!"
                                    + WORD_CLASS
                                    + ")|(?<!"
                                    + WORD_CLASS
                                    + ")(?="
                                    + WORD_CLASS
                                    + "))";
                    case 'B' ->
                            "(?:(?<="
                                    + WORD_CLASS
                                    + ")(?="
                                    + WORD_CLASS
                                    + ")|(?<!"
                                    + WORD_CLASS
                                    + ")(?!"
                                    + WORD_CLASS
                                    + "))";
                    case 'w' -> WORD_CLASS;
                    case 'W' -> "[^" + CharSet.WORD + "]";
                    case 'd' -> CharSet.DIGIT;
                    case 'D' -> "\\P{Nd}";
                    case 's' -> "[" + CharSet.SPACE + "]";
                    case 'S' -> "[^" + CharSet.SPACE + "]";
                    default -> "";
                };
        if (!java.isEmpty()) {
            this.java.append(java);
            at += 2;
            repeatable = c != 'A' && c != 'Z' && c != 'z' && c != 'b' && c != 'B';
        } else if (isGroupReference()) {
            numberedReference();
        } else {
            Escape escape = Escape.read(regex, at, false);
            this.java.append(Escape.java(escape.code()));
            at = escape.end();
            repeatable = true;
        }
    }

    /** {@code \1} to {@code \99}, unless three octal digits make it a character. */
    private boolean isGroupReference() {
        char c = regex.charAt(at + 1);
        if (c < '1' || c > '9') {
            return false;
        }
        return !(at + 3 < regex.length()
                && c <= '7'
                && Escape.isOctal(regex.charAt(at + 2))
                && Escape.isOctal(regex.charAt(at + 3)));
    }

    private void numberedReference() {
        int end = at + 2;
        if (end < regex.length() && regex.charAt(end) >= '0' && regex.charAt(end) <= '9') {
            end++;
        }
        int number = Integer.parseInt(regex.substring(at + 1, end));
        if (number > groupCount || openGroups.contains(number)) {
            throw new BadPattern("invalid group reference " + number + " at position " + (at + 1));
        }
        java.append("(?:\\").append(number).append(')');
        at = end;
        repeatable = true;
    }

    private void group(boolean verbose) {
        int open = at;
        if (!regex.startsWith("(?", at)) {
            groupCount++;
            java.append('(');
            at++;
            numbered(open, verbose);
        } else if (regex.startsWith("(?#", at)) {
            int close = regex.indexOf(')', at);
            if (close < 0) {
                throw new BadPattern("missing ), unterminated comment at position " + at);
            }
            at = close + 1;
        } else if (regex.startsWith("(?P", at)) {
            named(open, verbose);
        } else if (regex.startsWith("(?(", at)) {
            throw new BadPattern("a conditional group (?(…)…) is not supported at position " + at);
        } else {
            special(open, verbose);
        }
    }

    private void named(int open, boolean verbose) {
        if (regex.startsWith("(?P=", at)) {
            int close = regex.indexOf(')', at);
            if (close < 0) {
                throw new BadPattern("missing ), unterminated name at position " + at);
            }
            reference(regex.substring(at + 4, close));
            at = close + 1;
            repeatable = true;
        } else if (regex.startsWith("(?P<", at)) {
            int close = regex.indexOf('>', at);
            if (close < 0) {
                throw new BadPattern("missing >, unterminated name at position " + at);
            }
            java.append("(?<").append(declare(regex.substring(at + 4, close))).append('>');
            at = close + 1;
            numbered(open, verbose);
        } else {
            throw new BadPattern("unknown extension ?P at position " + at);
        }
    }

    /** Lookaround, atomic and non-capturing groups, and flags for a group. */
    private void special(int open, boolean verbose) {
        for (String start : new String[] {"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"}) {
            if (regex.startsWith(start, at)) {
                java.append(start);
                at += start.length();
                body(open, verbose);
                return;
            }
        }
        flags(open, verbose);
    }

    private void flags(int open, boolean verbose) {
        int end = at + 2;
        while (end < regex.length() && "aiLmsux-".indexOf(regex.charAt(end)) >= 0) {
            end++;
        }
        String flags = regex.substring(at + 2, Math.min(end, regex.length()));
        if (end >= regex.length() || flags.isEmpty() || regex.charAt(end) != ':') {
            boolean global = end < regex.length() && !flags.isEmpty() && regex.charAt(end) == ')';
            throw new BadPattern(
                    (global
                                    ? "global flags not at the start of the expression"
                                    : "unknown extension")
                            + " at position "
                            + at);
        }
        int minus = flags.indexOf('-');
        String on = minus < 0 ? flags : flags.substring(0, minus);
        String off = minus < 0 ? "" : flags.substring(minus + 1);
        java.append("(?").append(javaFlags(on));
        if (!javaFlags(off).isEmpty()) {
            java.append('-').append(javaFlags(off));
        }
        java.append(':');
        at = end + 1;
        body(open, on.contains("x") || (verbose && !off.contains("x")));
    }

    /**
     * Case is folded over all of Unicode; whitespace of verbose expressions is dropped while
     * reading.
     */
    private static String javaFlags(String python) {
        StringBuilder java = new StringBuilder();
        if (python.contains("i")) {
            java.append("iu");
        }
        if (python.contains("m")) {
            java.append('m');
        }
        if (python.contains("s")) {
            java.append('s');
        }
        return java.toString();
    }

    private void numbered(int open, boolean verbose) {
        int number = groupCount;
        openGroups.add(number);
        body(open, verbose);
        openGroups.remove(number);
    }

    private void body(int open, boolean verbose) {
        alternatives(verbose);
        if (at >= regex.length()) {
            throw new BadPattern("missing ), unterminated subpattern at position " + open);
        }
        java.append(')');
        at++;
        repeatable = true;
    }
}
