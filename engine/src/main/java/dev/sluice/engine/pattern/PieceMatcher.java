package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Matches without a regular expression, and gives the same greedy answer: each wildcard in turn
 * takes as much as it can while the rest still fits. Paths with line feeds or characters beyond the
 * basic plane are not for it.
 */
final class PieceMatcher implements Matcher {
    private final List<Piece> pieces;
    private final int slots;

    /** The fewest characters that the pieces from here on take. */
    private final int[] least;

    PieceMatcher(List<Piece> pieces, int slots) {
        this.pieces = List.copyOf(pieces);
        this.slots = slots;
        this.least = new int[pieces.size() + 1];
        for (int i = pieces.size() - 1; i >= 0; i--) {
            least[i] = least[i + 1] + leastOf(pieces.get(i));
        }
    }

    private static int leastOf(Piece piece) {
        return switch (piece) {
            case Piece.Literal literal -> literal.text().length();
            case Piece.Run run -> run.least();
            case Piece.Words words -> Collections.min(words.lengths());
            case Piece.Again again -> 0;
        };
    }

    static boolean canTake(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\n' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String @Nullable [] match(String path) {
        Attempt attempt = new Attempt(path);
        return attempt.from(0, 0) ? attempt.values() : null;
    }

    /** One path under way. */
    private final class Attempt {
        private final String path;
        private final int[] starts = new int[slots];
        private final int[] ends = new int[slots];

        Attempt(String path) {
            this.path = path;
        }

        String[] values() {
            String[] values = new String[slots];
            for (int i = 0; i < slots; i++) {
                values[i] = path.substring(starts[i], ends[i]);
            }
            return values;
        }

        boolean from(int index, int position) {
            if (index == pieces.size()) {
                return position == path.length();
            }
            if (path.length() - position < least[index]) {
                return false;
            }
            return switch (pieces.get(index)) {
                case Piece.Literal(String text) ->
                        path.startsWith(text, position)
                                && from(index + 1, position + text.length());
                case Piece.Again(int slot) -> again(index, position, slot);
                case Piece.Run run -> run(index, position, run);
                case Piece.Words words -> words(index, position, words);
            };
        }

        private boolean again(int index, int position, int slot) {
            int length = ends[slot] - starts[slot];
            return path.regionMatches(position, path, starts[slot], length)
                    && from(index + 1, position + length);
        }

        private boolean run(int index, int position, Piece.Run run) {
            int limit = path.length() - least[index + 1];
            if (run.most() < limit - position) {
                limit = position + run.most();
            }
            int longest = run.set().runEnd(path, position, limit);
            int shortest = position + run.least();
            starts[run.slot()] = position;
            if (index + 1 < pieces.size()
                    && pieces.get(index + 1) instanceof Piece.Literal(String text)) {
                return beforeLiteral(index, run.slot(), shortest, longest, text);
            }
            for (int end = longest; end >= shortest; end--) {
                ends[run.slot()] = end;
                if (from(index + 1, end)) {
                    return true;
                }
            }
            return false;
        }

        /** Only where the literal stands can the wildcard end. */
        private boolean beforeLiteral(int index, int slot, int shortest, int longest, String text) {
            int end = path.lastIndexOf(text, longest);
            while (end >= shortest) {
                ends[slot] = end;
                if (from(index + 2, end + text.length())) {
                    return true;
                }
                end = path.lastIndexOf(text, end - 1);
            }
            return false;
        }

        private boolean words(int index, int position, Piece.Words words) {
            starts[words.slot()] = position;
            List<Integer> ranks = new ArrayList<>();
            List<Integer> found = new ArrayList<>();
            for (int length : words.lengths()) {
                int end = position + length;
                Integer rank =
                        end > path.length()
                                ? null
                                : words.ranks().get(path.substring(position, end));
                if (rank != null) {
                    int place = -1 - Collections.binarySearch(ranks, rank);
                    ranks.add(place, rank);
                    found.add(place, end);
                }
            }
            for (int end : found) {
                ends[words.slot()] = end;
                if (from(index + 1, end)) {
                    return true;
                }
            }
            return false;
        }
    }
}
