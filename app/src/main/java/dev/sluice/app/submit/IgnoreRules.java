package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A {@code .sluiceignore}: the syntax of {@code .gitignore}, in one file at the top of a folder.
 * The last rule that matches decides; what is in an excluded folder cannot be brought back.
 */
final class IgnoreRules {
    static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final List<Rule> rules;

    /**
     * @param whole matched against the path, else against its last part
     */
    private record Rule(Pattern pattern, boolean excludes, boolean foldersOnly, boolean whole) {}

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    static IgnoreRules of(String text) {
        var rules = new ArrayList<Rule>();
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String line : plain.split("\n", -1)) {
            Rule rule = rule(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return new IgnoreRules(rules);
    }

    /** Whether to leave it out; its folders above have been asked about before. */
    boolean excludes(String path, boolean folder) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        for (Rule rule : rules.reversed()) {
            if ((folder || !rule.foldersOnly)
                    && rule.pattern.matcher(rule.whole ? path : last).matches()) {
                return rule.excludes;
            }
        }
        return false;
    }

    private static @Nullable Rule rule(String line) {
        String text = withoutTrailingSpaces(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return null;
        }
        boolean excludes = !text.startsWith("!");
        if (!excludes) {
            text = text.substring(1);
        }
        boolean foldersOnly = text.endsWith("/");
        if (foldersOnly) {
            text = text.substring(0, text.length() - 1);
        }
        boolean whole = text.contains("/");
        if (text.startsWith("/")) {
            text = text.substring(1);
        }
        String regex = text.isEmpty() ? null : new GlobText(text).regex();
        if (regex == null) {
            return null;
        }
        try {
            return new Rule(Pattern.compile(regex, Pattern.DOTALL), excludes, foldersOnly, whole);
        } catch (PatternSyntaxException e) {
            // An empty or backward range, say: it matches nothing, as in git.
            return null;
        }
    }

    private static String withoutTrailingSpaces(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !isEscaped(line, end - 1)) {
            end--;
        }
        return line.substring(0, end);
    }

    private static boolean isEscaped(String line, int at) {
        int backslashes = 0;
        while (at - backslashes > 0 && line.charAt(at - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
