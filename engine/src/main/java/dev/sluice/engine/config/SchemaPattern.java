package dev.sluice.engine.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The regular expressions of schemas. */
final class SchemaPattern {
    private SchemaPattern() {}

    /**
     * Whether the expression matches somewhere in the text; one that cannot be read matches
     * nothing.
     */
    static boolean finds(String regex, String text) {
        try {
            return Pattern.compile(regex).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
