package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.Fact;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who holds a run: a process, such that no other can be taken for it. On the same machine (host,
 * boot, process namespace) it can be seen whether it lives; on another it cannot.
 *
 * @param machine host name, boot id and process namespace
 * @param started the process's start time in the kernel's own counting
 */
public record Holder(String host, String machine, long pid, String started, String user) {
    /** Says another host name than the system's, where machines or containers share one. */
    static final String HOST = "sluice.host";

    /** This process. */
    public static Holder self() {
        long pid = ProcessHandle.current().pid();
        String host = System.getProperty(HOST, read("/proc/sys/kernel/hostname", "localhost"));
        String machine =
                host
                        + " "
                        + read("/proc/sys/kernel/random/boot_id", "-")
                        + " "
                        + processNamespace();
        return new Holder(host, machine, pid, startOf(pid), System.getProperty("user.name", "-"));
    }

    /** Where an engine was started, for the journal. */
    public Fact.Origin origin(Path launchFolder) {
        return new Fact.Origin(launchFolder.toString(), host, bootOf(machine));
    }

    Hold.Standing seenBy(Holder watcher) {
        if (host.equals(watcher.host) && !bootOf(machine).equals(bootOf(watcher.machine))) {
            return Hold.Standing.DEAD;
        }
        if (!machine.equals(watcher.machine)) {
            return Hold.Standing.UNSEEN;
        }
        return startOf(pid).equals(started) ? Hold.Standing.LIVING : Hold.Standing.DEAD;
    }

    boolean isOnMachineOf(Holder other) {
        return machine.equals(other.machine);
    }

    List<String> lines() {
        return List.of(host, machine, Long.toString(pid), started, user);
    }

    /** The holder that {@link #lines} wrote, or null where a line is missing. */
    static @Nullable Holder of(List<String> lines) {
        if (lines.size() < 5 || !lines.get(2).matches("[0-9]{1,18}")) {
            return null;
        }
        return new Holder(
                lines.get(0),
                lines.get(1),
                Long.parseLong(lines.get(2)),
                lines.get(3),
                lines.get(4));
    }

    @Override
    public String toString() {
        return "process " + pid + " of " + user + " on " + host;
    }

    private static String bootOf(String machine) {
        String[] parts = machine.split(" ", -1);
        return parts.length > 1 ? parts[1] : "-";
    }

    /** The 22nd field of /proc/PID/stat, counted behind the name, which may hold anything. */
    private static String startOf(long pid) {
        String stat = read("/proc/" + pid + "/stat", "");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
        if (fields.length > 19) {
            // A zombie has ended; only its parent has not noticed.
            return fields[0].equals("Z") ? "gone" : fields[19];
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Object::toString)
                .orElse("gone");
    }

    private static String processNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "-";
        }
    }

    private static String read(String file, String otherwise) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return otherwise;
        }
    }
}
