package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A path with wildcards, such as {@code mapped/{sample,\d+}.bam}. Matches and fills in as Snakemake
 * does with Python's {@code re}; most patterns need no regular expression for that. Immutable;
 * shared freely between threads.
 */
public final class FilePattern {
    private final String text;
    private final List<Token> tokens;
    private final List<String> names;
    private final @Nullable PieceMatcher quick;
    private volatile @Nullable RegexMatcher regex;
    private volatile @Nullable Map<String, Pattern> constraints;

    private FilePattern(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
        this.names = tokens.stream().map(Token::name).distinct().toList();
        this.quick = quickMatcher();
        if (quick == null) {
            regex = RegexMatcher.of(text, tokens);
        }
    }

    /**
     * @throws BadPattern where Python's {@code re} would refuse the pattern
     */
    public static FilePattern of(String text) {
        return of(text, Map.of());
    }

    /**
     * @param constraints for wildcards that have none of their own where they stand first
     * @throws BadPattern where Python's {@code re} would refuse the pattern
     */
    public static FilePattern of(String text, Map<String, String> constraints) {
        Map<String, Token> first = new LinkedHashMap<>();
        List<Token> tokens = new ArrayList<>();
        for (Token token : Token.all(text)) {
            String constraint = token.constraint();
            if (first.containsKey(token.name())) {
                if (constraint != null && !constraint.isEmpty()) {
                    throw new BadPattern(
                            "the constraint of the wildcard "
                                    + token.name()
                                    + " has to stand at its first occurrence");
                }
            } else if (constraint == null) {
                constraint = constraints.get(token.name());
            }
            Token filled = new Token(token.start(), token.end(), token.name(), constraint);
            first.putIfAbsent(token.name(), filled);
            tokens.add(filled);
        }
        return new FilePattern(text, List.copyOf(tokens));
    }

    /** What {@link #of} would complain of, or null. */
    public static @Nullable String problem(String text, Map<String, String> constraints) {
        try {
            FilePattern pattern = of(text, constraints);
            if (pattern.hasWildcards()) {
                pattern.regex();
            }
            return null;
        } catch (BadPattern e) {
            return e.getMessage();
        }
    }

    public static boolean containsWildcard(String text) {
        return text.indexOf('{') >= 0 && !Token.all(text).isEmpty();
    }

    public static boolean containsConstraint(String text) {
        return Token.all(text).stream()
                .anyMatch(t -> t.constraint() != null && !t.constraint().isEmpty());
    }

    /** The names of the wildcards in order of first occurrence. */
    public static List<String> wildcardNames(String text) {
        return text.indexOf('{') < 0
                ? List.of()
                : Token.all(text).stream().map(Token::name).distinct().toList();
    }

    /** The text as the rule writes it. */
    public String text() {
        return text;
    }

    public List<String> wildcards() {
        return names;
    }

    public boolean hasWildcards() {
        return !tokens.isEmpty();
    }

    /** What each matching path starts with; the whole text where there is no wildcard. */
    public String prefix() {
        return tokens.isEmpty() ? text : text.substring(0, tokens.getFirst().start());
    }

    /**
     * What each matching path ends with (but for a last line feed); the whole text where there is
     * no wildcard.
     */
    public String suffix() {
        return tokens.isEmpty() ? text : text.substring(tokens.getLast().end());
    }

    /** The wildcards with which the pattern gives {@code path}, or null where it does not match. */
    public @Nullable Wildcards match(String path) {
        if (tokens.isEmpty() && path.equals(text)) {
            return Wildcards.NONE;
        }
        Matcher matcher = quick != null && PieceMatcher.canTake(path) ? quick : regex();
        String[] values = matcher.match(path);
        return values == null ? null : new Wildcards(names, List.of(values));
    }

    /**
     * @throws MissingWildcard where a wildcard has no value
     */
    public String apply(Wildcards wildcards) {
        return replace(wildcards::get);
    }

    /**
     * @throws MissingWildcard where a wildcard has no value
     */
    public String apply(Map<String, String> wildcards) {
        return replace(wildcards::get);
    }

    /**
     * Whether the pattern filled in with just these values is {@code path}; a constraint need only
     * hold for how a value begins. This is how values that come from a job downstream are preferred
     * to those that matching would find.
     */
    public boolean fits(String path, Wildcards wildcards) {
        for (String name : names) {
            if (wildcards.get(name) == null) {
                return false;
            }
        }
        return path.equals(apply(wildcards)) && constraintsHold(wildcards);
    }

    private boolean constraintsHold(Wildcards wildcards) {
        Map<String, Pattern> compiled = constraints();
        for (Map.Entry<String, Pattern> constraint : compiled.entrySet()) {
            String value = wildcards.get(constraint.getKey());
            if (value != null && !constraint.getValue().matcher(value).lookingAt()) {
                return false;
            }
        }
        return true;
    }

    /** By wildcard; asked for each job that a pattern may make, so compiled but once. */
    private Map<String, Pattern> constraints() {
        Map<String, Pattern> known = constraints;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Token token : tokens) {
                String constraint = token.constraint();
                if (constraint != null && !constraint.isEmpty()) {
                    String java = new PythonRegex().piece(constraint).java();
                    known.put(token.name(), RegexMatcher.compile(java));
                }
            }
            constraints = known;
        }
        return known;
    }

    private interface Values {
        @Nullable String get(String name);
    }

    private String replace(Values values) {
        if (tokens.isEmpty()) {
            return text;
        }
        StringBuilder filled = new StringBuilder(text.length() + 16);
        int last = 0;
        for (Token token : tokens) {
            String value = values.get(token.name());
            if (value == null) {
                throw new MissingWildcard(token.name());
            }
            filled.append(text, last, token.start()).append(value);
            last = token.end();
        }
        return filled.append(text, last, text.length()).toString();
    }

    private RegexMatcher regex() {
        RegexMatcher matcher = regex;
        if (matcher == null) {
            matcher = RegexMatcher.of(text, tokens);
            regex = matcher;
        }
        return matcher;
    }

    private @Nullable PieceMatcher quickMatcher() {
        List<Piece> pieces = new ArrayList<>();
        int last = 0;
        for (Token token : tokens) {
            literal(pieces, text.substring(last, token.start()));
            int slot = names.indexOf(token.name());
            boolean again = pieces.stream().anyMatch(p -> slotOf(p) == slot);
            Piece piece =
                    again ? new Piece.Again(slot) : SimpleConstraint.read(slot, token.constraint());
            if (piece == null || !isPlainName(token.name())) {
                return null;
            }
            pieces.add(piece);
            last = token.end();
        }
        literal(pieces, text.substring(last));
        return new PieceMatcher(pieces, names.size());
    }

    private static void literal(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece.Literal(text));
        }
    }

    private static int slotOf(Piece piece) {
        return switch (piece) {
            case Piece.Run run -> run.slot();
            case Piece.Words words -> words.slot();
            case Piece.Literal literal -> -1;
            case Piece.Again again -> -1;
        };
    }

    /** Other names are left to the regular expression, which refuses them as Python does. */
    private static boolean isPlainName(String name) {
        return !Character.isDigit(name.charAt(0)) && name.indexOf('.') < 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FilePattern pattern
                && text.equals(pattern.text)
                && tokens.equals(pattern.tokens);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
