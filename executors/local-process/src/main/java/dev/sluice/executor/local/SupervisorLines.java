package dev.sluice.executor.local;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Lines of the supervisor as words. Keeps the beginning of a line whose end has not come yet. */
final class SupervisorLines {
    private byte[] rest = {};

    List<Said> read(ByteBuffer bytes) {
        List<Said> words = new ArrayList<>();
        split(
                bytes,
                line -> {
                    Said word = word(line);
                    if (word != null) {
                        words.add(word);
                    }
                });
        return words;
    }

    /** Gives the lines that are whole now. */
    void split(ByteBuffer bytes, Consumer<String> each) {
        byte[] data = Arrays.copyOf(rest, rest.length + bytes.remaining());
        bytes.get(data, rest.length, bytes.remaining());
        int start = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                each.accept(new String(data, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        rest = Arrays.copyOfRange(data, start, data.length);
    }

    /** What a line says; null where it is nothing that matters here. */
    static @Nullable Said word(String line) {
        if (line.equals("listed")) {
            return new Said.Listed();
        }
        if (line.equals("replaced")) {
            return new Said.Replaced();
        }
        int wordEnd = line.indexOf(' ');
        if (wordEnd < 0) {
            return null;
        }
        int nameEnd = line.indexOf(' ', wordEnd + 1);
        String name = line.substring(wordEnd + 1, nameEnd < 0 ? line.length() : nameEnd);
        String values = nameEnd < 0 ? "" : line.substring(nameEnd + 1);
        return switch (line.substring(0, wordEnd)) {
            case "ended" -> new Said.About(new EndReader(name).read(values));
            case "started", "running" ->
                    new Said.About(
                            new AttemptReport.Started(
                                    name,
                                    (long) number(values, "pid="),
                                    millis(number(values, "at="))));
            case "skipped" -> new Said.About(new AttemptReport.Skipped(name));
            case "lost" ->
                    new Said.About(
                            new AttemptReport.Lost(
                                    name, values.substring(values.indexOf('=') + 1)));
            case "waiting" -> new Said.Waits(name, names(values.substring("for=".length())));
            case "unknown" -> new Said.Unknown(name);
            default -> null;
        };
    }

    private static List<String> names(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    }

    private static double number(String values, String key) {
        int start = values.indexOf(key);
        if (start < 0) {
            return 0;
        }
        int end = values.indexOf(' ', start);
        return Double.parseDouble(
                values.substring(start + key.length(), end < 0 ? values.length() : end));
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1000);
    }

    /**
     * Reads the values of an {@code ended} line, whatever their order; {@code error} takes the rest
     * of the line.
     */
    private static final class EndReader {
        private final String name;
        private Exit exit = new Exit.Code(-1);
        private long start;
        private long end;
        private double user;
        private double system;
        private long rss;
        private long log;
        private AttemptReport.@Nullable Samples samples;

        EndReader(String name) {
            this.name = name;
        }

        AttemptReport read(String values) {
            int at = 0;
            while (at < values.length()) {
                int equals = values.indexOf('=', at);
                int space = values.indexOf(' ', equals);
                String key = values.substring(at, equals);
                if (key.equals("error") && !values.startsWith("error=-", at)) {
                    space = -1;
                }
                int stop = space < 0 ? values.length() : space;
                take(key, values.substring(equals + 1, stop));
                at = stop + 1;
            }
            AttemptReport.Usage usage = new AttemptReport.Usage(user, system, rss);
            return new AttemptReport.Ended(name, exit, start, end, usage, log, samples);
        }

        private void take(String key, String value) {
            switch (key) {
                case "code" -> exit = new Exit.Code(Integer.parseInt(value));
                case "signal" -> exit = new Exit.Signal(Integer.parseInt(value));
                case "stopped" -> exit = new Exit.Stopped();
                case "error" -> exit = new Exit.NotStarted(value);
                case "start" -> start = millis(Double.parseDouble(value));
                case "end" -> end = millis(Double.parseDouble(value));
                case "utime" -> user = Double.parseDouble(value);
                case "stime" -> system = Double.parseDouble(value);
                case "rss" -> rss = Long.parseLong(value);
                case "log" -> log = Long.parseLong(value);
                case "sample" -> samples = samples(value);
                default -> {
                    // A newer supervisor may say more.
                }
            }
        }

        private static AttemptReport.Samples samples(String value) {
            double[] n =
                    Arrays.stream(value.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
            return new AttemptReport.Samples(n[0], n[1], n[2], n[3], n[4], n[5]);
        }
    }
}
