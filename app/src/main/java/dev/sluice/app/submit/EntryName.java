package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Paths as archives write them, brought into one form: relative, parts divided by one {@code /}, no
 * {@code .} among them. Looks at words only, never at the disk.
 */
final class EntryName {
    /** Where the engine, Snakemake and git keep what nobody may bring along. */
    private static final Set<String> RESERVED = Set.of(".sluice", ".snakemake", ".git");

    private static final int LONGEST_PART = 255;
    private static final int LONGEST = 2048;
    private static final int DEEPEST = 64;

    private EntryName() {}

    /**
     * The path in its one form; empty for the folder itself.
     *
     * @throws BadBundle where it must not be
     */
    static String of(String name) {
        String wrong = problem(name);
        if (wrong != null) {
            throw BadBundle.refused(
                    "A path of the bundle is not allowed",
                    Words.quoted(name) + " " + wrong,
                    "paths in a bundle are relative to the workflow's folder and stay in it");
        }
        return String.join("/", parts(name));
    }

    /** What is wrong with it, as words that follow the name; null where nothing is. */
    static @Nullable String problem(String name) {
        if (name.startsWith("/") || name.matches("(?s)[A-Za-z]:[/\\\\].*")) {
            return "is an absolute path";
        }
        if (name.indexOf('\\') >= 0) {
            return "has a backslash in it";
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "has a control character in it";
        }
        if (name.indexOf('\uFFFD') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return "is not written in UTF-8";
        }
        List<String> parts = parts(name);
        if (parts.contains("..")) {
            return "leads out of the folder with `..`";
        }
        return problemOfLength(name, parts);
    }

    private static @Nullable String problemOfLength(String name, List<String> parts) {
        if (parts.size() > DEEPEST) {
            return "is more than " + DEEPEST + " folders deep";
        }
        if (parts.stream().anyMatch(part -> length(part) > LONGEST_PART)) {
            return "has a part of more than " + LONGEST_PART + " bytes";
        }
        return length(name) > LONGEST ? "is longer than " + LONGEST + " bytes" : null;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The parts that say something. */
    static List<String> parts(String path) {
        var parts = new ArrayList<String>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Whether a part of a path names a folder that is not the user's. */
    static boolean isReserved(String part) {
        return RESERVED.contains(part.toLowerCase(Locale.ROOT));
    }

    static boolean hasReserved(String path) {
        return parts(path).stream().anyMatch(EntryName::isReserved);
    }

    /** What the archivers of some systems add unasked. */
    static boolean isClutter(String path) {
        return parts(path).stream()
                .anyMatch(
                        part ->
                                part.equals("__MACOSX")
                                        || part.equals(".DS_Store")
                                        || part.startsWith("._"));
    }
}
