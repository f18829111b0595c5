package dev.sluice.executor.local;

import dev.sluice.engine.execute.AttemptReport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the run's supervisors have written of some processes, for when none of them can be asked any
 * more. Reads the file once; a line that a crash cut short says nothing.
 */
final class SupervisorRecords {
    private final Path runFolder;
    private final Map<String, AttemptReport> ends = new HashMap<>();
    private final Set<String> started = new HashSet<>();

    private SupervisorRecords(Path runFolder) {
        this.runFolder = runFolder;
    }

    static SupervisorRecords read(Path runFolder, Set<String> wanted) {
        SupervisorRecords records = new SupervisorRecords(runFolder);
        Path file = runFolder.resolve("supervisor");
        if (wanted.isEmpty() || !Files.exists(file)) {
            return records;
        }
        try (ByteChannel channel = Files.newByteChannel(file)) {
            SupervisorLines lines = new SupervisorLines();
            ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
            while (channel.read(bytes.clear()) >= 0) {
                lines.split(bytes.flip(), line -> records.take(line, wanted));
            }
        } catch (IOException e) {
            // What cannot be read is not known; what was read before still holds.
        }
        return records;
    }

    private void take(String line, Set<String> wanted) {
        int start = line.indexOf(' ') + 1;
        int end = line.indexOf(' ', start);
        String name = line.substring(start, end < 0 ? line.length() : end);
        if (start == 0 || !wanted.contains(name) || line.indexOf('\0') >= 0) {
            return;
        }
        try {
            if (SupervisorLines.word(line) instanceof Said.About(AttemptReport report)) {
                if (report instanceof AttemptReport.Started) {
                    started.add(name);
                } else {
                    ends.put(name, report);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Not whole: a supervisor was killed in the middle of it.
        }
    }

    /** How the process ended; where that is not known, whether it ever began. */
    AttemptReport lastWord(String process, String why) {
        AttemptReport end = ends.get(process);
        if (end != null) {
            return end;
        }
        return hasBegun(process)
                ? new AttemptReport.Lost(process, why)
                : new AttemptReport.NeverStarted(process);
    }

    /**
     * A process that was killed together with its supervisor may have no record; but its log is
     * made when it starts.
     */
    private boolean hasBegun(String process) {
        return started.contains(process)
                || Files.exists(runFolder.resolve("logs").resolve(process));
    }
}
