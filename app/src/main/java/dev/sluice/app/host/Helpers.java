package dev.sluice.app.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends the Python of a workflow that is being loaded or planned: a Snakefile may take for ever, and
 * its engine waits for the answer. Never touches jobs, whose parent is the supervisor.
 */
final class Helpers {
    private static final String PROGRAM = "sluice_helper";

    private Helpers() {}

    /** Those that this process has started and that work below {@code home}. */
    static void end(Path home) {
        try (var children = ProcessHandle.current().children()) {
            children.filter(child -> isHelper(child.pid()) && worksBelow(home, child.pid()))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isHelper(long pid) {
        try {
            String[] words = Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", -1);
            for (String word : words) {
                if (word.endsWith("/" + PROGRAM)) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean worksBelow(Path home, long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).startsWith(home);
        } catch (IOException gone) {
            return false;
        }
    }
}
