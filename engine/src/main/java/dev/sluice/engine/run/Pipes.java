package dev.sluice.engine.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes named pipes. The JDK has no call for it. */
final class Pipes {
    private Pipes() {}

    static void make(Path workdir, List<String> paths) throws IOException, RunFailure {
        List<String> command = new ArrayList<>(List.of("mkfifo", "--"));
        command.addAll(paths);
        Process process =
                new ProcessBuilder(command)
                        .directory(workdir.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new RunFailure(
                        "cannot make the named pipe "
                                + String.join(", ", paths)
                                + ": "
                                + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("interrupted while making a named pipe");
        }
    }
}
