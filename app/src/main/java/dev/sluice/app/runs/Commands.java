package dev.sluice.app.runs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Command lines as a user could type them. */
final class Commands {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Commands() {}

    /** Words behind {@code sluice run}, quoted for a shell where they have to be. */
    static String line(List<String> argv) {
        return "sluice run " + argv.stream().map(Commands::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
