package dev.sluice.app.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The processes that the runs of one sandbox have, found by what stands in /proc. */
final class RunProcesses {
    private final Path folder;

    RunProcesses(Sandbox sandbox) {
        folder = sandbox.folder();
    }

    /** Those that outlive the engine as parents: one a run. */
    List<ProcessHandle> supervisors() {
        return withWord("supervisor.py", folder + "/.sluice/runs/");
    }

    /** The engine's own Python. */
    static ProcessHandle helperOf(Process engine) {
        try (Stream<ProcessHandle> children = engine.descendants()) {
            return children.filter(RunProcesses::isHelper).findFirst().orElseThrow();
        }
    }

    private static boolean isHelper(ProcessHandle process) {
        return words(process.pid()).stream().anyMatch(word -> word.endsWith("/sluice_helper"));
    }

    /** Jobs, and what they started: whatever carries the mark of one of the sandbox's runs. */
    List<ProcessHandle> jobs() {
        String mark = "SLUICE_RUN=" + folder + "/.sluice/runs/";
        return all(
                pid ->
                        entries("/proc/" + pid + "/environ").stream()
                                        .anyMatch(entry -> entry.startsWith(mark))
                                && words(pid).stream()
                                        .noneMatch(word -> word.endsWith("supervisor.py")));
    }

    private List<ProcessHandle> withWord(String program, String start) {
        return all(
                pid -> {
                    List<String> words = words(pid);
                    return words.stream().anyMatch(word -> word.endsWith(program))
                            && words.stream().anyMatch(word -> word.startsWith(start));
                });
    }

    @FunctionalInterface
    private interface Test {
        boolean holds(long pid);
    }

    private static List<ProcessHandle> all(Test test) {
        var found = new ArrayList<ProcessHandle>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && test.holds(pid)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static List<String> words(long pid) {
        return entries("/proc/" + pid + "/cmdline");
    }

    /** The parts of a file that is parted by NUL; none when the process is gone. */
    private static List<String> entries(String file) {
        try {
            String text = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
            return Arrays.asList(text.split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }
}
