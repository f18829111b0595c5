package dev.sluice.app.runs;

import dev.sluice.app.console.Terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a stream is written to: with colours and cut to its width on a terminal, plain and whole
 * elsewhere.
 *
 * @param live whether it is a terminal
 */
public record Screen(boolean live, boolean colour, int columns) {
    private static final int USUAL = 80;

    /** Whether standard output is a terminal: {@code 1} if so. */
    public static final String TTY_OUT = "sluice.tty.out";

    /**
     * Of standard output. The launcher says in {@code sluice.tty.out} whether standard output is a
     * terminal; an environment that holds this name (no shell can make it) speaks for a terminal
     * elsewhere.
     */
    public static Screen of(Terminal terminal, Map<String, String> environment) {
        String told = environment.get(TTY_OUT);
        boolean live = "1".equals(told == null ? System.getProperty(TTY_OUT) : told);
        boolean plain =
                "dumb".equals(environment.get("TERM"))
                        || !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || (terminal.live() && !terminal.colour());
        return new Screen(live, live && !plain, live ? width(environment) : Integer.MAX_VALUE);
    }

    /** The same of standard error. */
    public static Screen ofErrors(Terminal terminal, Map<String, String> environment) {
        return new Screen(
                terminal.live(),
                terminal.colour(),
                terminal.live() ? width(environment) : Integer.MAX_VALUE);
    }

    String red(String text) {
        return painted("31", text);
    }

    String green(String text) {
        return painted("32", text);
    }

    String yellow(String text) {
        return painted("33", text);
    }

    String bold(String text) {
        return painted("1", text);
    }

    String faint(String text) {
        return painted("2", text);
    }

    /** The line, cut where the terminal ends. For text without colours. */
    String cut(String line) {
        return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
    }

    private String painted(String code, String text) {
        return colour && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    /** Shells keep COLUMNS to themselves, and only a program can ask the terminal. */
    private static int width(Map<String, String> environment) {
        int told = number(environment.getOrDefault("COLUMNS", ""));
        if (told > 0) {
            return told;
        }
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return USUAL;
            }
            String size =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            int columns = number(size.substring(size.indexOf(' ') + 1));
            return columns > 0 ? columns : USUAL;
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
