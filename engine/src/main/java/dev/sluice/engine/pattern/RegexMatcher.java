package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Matches with Java's regular expressions, translated from Python's. */
final class RegexMatcher implements Matcher {
    private final Pattern pattern;
    private final List<String> groups;

    private RegexMatcher(Pattern pattern, List<String> groups) {
        this.pattern = pattern;
        this.groups = groups;
    }

    /**
     * @throws BadPattern where Python would refuse
     */
    static RegexMatcher of(String text, List<Token> tokens) {
        PythonRegex regex = new PythonRegex();
        Set<String> seen = new HashSet<>();
        List<String> groups = new ArrayList<>();
        int last = 0;
        for (Token token : tokens) {
            regex.literal(text.substring(last, token.start()));
            if (seen.add(token.name())) {
                String constraint = token.constraint();
                regex.wildcard(
                        token.name(),
                        constraint == null || constraint.isEmpty() ? ".+" : constraint);
                groups.add(regex.groupNamed(token.name()));
            } else {
                regex.reference(token.name());
            }
            last = token.end();
        }
        regex.literal(text.substring(last)).end();
        return new RegexMatcher(compile(regex.java()), groups);
    }

    static Pattern compile(String java) {
        try {
            return Pattern.compile(java, PythonRegex.FLAGS);
        } catch (PatternSyntaxException e) {
            throw new BadPattern(e.getDescription());
        }
    }

    @Override
    public String @Nullable [] match(String path) {
        java.util.regex.Matcher matcher = pattern.matcher(path);
        if (!matcher.lookingAt()) {
            return null;
        }
        String[] values = new String[groups.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matcher.group(groups.get(i));
        }
        return values;
    }
}
