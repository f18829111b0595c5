package dev.sluice.executor.local;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The processes of this machine as /proc shows them; none where there is no /proc. */
final class ProcessTable {
    private static final Path PROCESSES = Path.of("/proc");

    private ProcessTable() {}

    /**
     * A process that has not ended. One that only waits for its parent to notice has.
     *
     * @param started in the kernel's own counting; with the pid it names one process for ever
     */
    record Seen(long pid, long group, long session, long started) {
        /** Whether its environment holds the entry, which ends with a NUL. */
        boolean has(byte[] entry) {
            byte[] text;
            try {
                text = Files.readAllBytes(PROCESSES.resolve(pid + "/environ"));
            } catch (IOException e) {
                return false;
            }
            for (int at = 0; at + entry.length <= text.length; at++) {
                boolean begins = at == 0 || text[at - 1] == 0;
                if (begins
                        && text[at] == entry[0]
                        && Arrays.equals(text, at, at + entry.length, entry, 0, entry.length)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether it still is that process and runs. */
        boolean lives() {
            Seen now = ProcessTable.of(pid);
            return now != null && now.started == started;
        }
    }

    /** All of them, parents before what they started. */
    static List<Seen> all() {
        List<Seen> all = new ArrayList<>();
        if (!isThere()) {
            return all;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path entry : entries) {
                Seen seen = of(Long.parseLong(entry.getFileName().toString()));
                if (seen != null) {
                    all.add(seen);
                }
            }
        } catch (IOException e) {
            // What cannot be seen cannot be stopped.
        }
        all.sort(Comparator.comparingLong(Seen::started).thenComparingLong(Seen::pid));
        return all;
    }

    static boolean isThere() {
        return Files.isDirectory(PROCESSES.resolve("self"));
    }

    static @Nullable Seen of(long pid) {
        String stat;
        try {
            byte[] text = Files.readAllBytes(PROCESSES.resolve(pid + "/stat"));
            stat = new String(text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
        // Fields are counted behind the name, which may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
        if (fields.length < 20 || fields[0].equals("Z") || fields[0].equals("X")) {
            return null;
        }
        return new Seen(
                pid,
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19]));
    }
}
