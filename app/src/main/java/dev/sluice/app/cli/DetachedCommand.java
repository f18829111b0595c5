package dev.sluice.app.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How this program starts itself once more, without a terminal: the same Java with the same flags,
 * since an AOT cache is only good for them, in a session of its own.
 */
final class DetachedCommand {
    private static final String MAIN = "dev.sluice.app.Main";

    /** Set anew, or for the process that was asked for alone. */
    private static final List<String> NOT_PASSED_ON =
            List.of(
                    "-Dsluice.as=",
                    "-Dsluice.tty.err=",
                    "-Dsluice.tty.out=",
                    "-Dsluice.aot.target=",
                    "-D" + DetachedRun.PROPERTY + "=");

    private static final String PYTHON_SETSID =
            "import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])";

    private DetachedCommand() {}

    /**
     * The command.
     *
     * @param command {@code run} or {@code resume}
     * @param words what the user typed behind it
     * @param begun the file by which the engine says that the run has begun
     */
    static List<String> of(String command, List<String> words, Path begun) {
        var line = new ArrayList<String>(ownSession(System.getenv()));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (NOT_PASSED_ON.stream().noneMatch(flag::startsWith)) {
                line.add(flag);
            }
        }
        line.addAll(List.of("-Dsluice.as=sluice", "-Dsluice.tty.err=0"));
        line.add("-D" + DetachedRun.PROPERTY + "=" + begun.toAbsolutePath());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, command));
        line.addAll(withoutDetach(words));
        return line;
    }

    /** Whoever resumes the run later sits before it. Behind {@code --} stand targets. */
    static List<String> withoutDetach(List<String> words) {
        int end = words.indexOf("--");
        var kept = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            boolean option = end < 0 || i < end;
            if (!option || !words.get(i).equals("--detach")) {
                kept.add(words.get(i));
            }
        }
        return kept;
    }

    /** What is started by neither leads a process group, so both become the command itself. */
    static List<String> ownSession(Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "setsid"))) {
                return List.of("setsid");
            }
        }
        String python = environment.getOrDefault("SLUICE_PYTHON", "python3");
        return List.of(python, "-c", PYTHON_SETSID);
    }
}
