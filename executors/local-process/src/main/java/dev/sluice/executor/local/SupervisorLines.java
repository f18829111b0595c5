package dev.sluice.executor.local;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of the supervisor as reports. Keeps the beginning of a line whose end has not come yet. */
final class SupervisorLines {
    private byte[] rest = {};

    List<AttemptReport> read(ByteBuffer bytes) {
        byte[] data = Arrays.copyOf(rest, rest.length + bytes.remaining());
        bytes.get(data, rest.length, bytes.remaining());
        List<AttemptReport> reports = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                AttemptReport report =
                        report(new String(data, start, i - start, StandardCharsets.UTF_8));
                if (report != null) {
                    reports.add(report);
                }
                start = i + 1;
            }
        }
        rest = Arrays.copyOfRange(data, start, data.length);
        return reports;
    }

    /** The report that a line stands for; null for words that are not about a process. */
    static @Nullable AttemptReport report(String line) {
        int wordEnd = line.indexOf(' ');
        if (wordEnd < 0) {
            return null;
        }
        int nameEnd = line.indexOf(' ', wordEnd + 1);
        String name = line.substring(wordEnd + 1, nameEnd < 0 ? line.length() : nameEnd);
        String values = nameEnd < 0 ? "" : line.substring(nameEnd + 1);
        return switch (line.substring(0, wordEnd)) {
            case "ended" -> new EndReader(name).read(values);
            case "started", "running" ->
                    new AttemptReport.Started(
                            name, (long) number(values, "pid="), millis(number(values, "at=")));
            case "skipped" -> new AttemptReport.Skipped(name);
            case "lost" -> new AttemptReport.Lost(name, values.substring(values.indexOf('=') + 1));
            default -> null;
        };
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
