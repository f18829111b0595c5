package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.engine.journal.RunFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * {@code sluice run --detach}, and {@code resume --detach}: starts the engine as a process of its
 * own, in a session of its own, and shows what it says until the run has begun. So what is wrong
 * with the command line or the Snakefile is told at once, with the exit code of a usual run. From
 * then on the engine depends on no terminal. What it prints is in {@code engine.log} of the run's
 * folder.
 */
final class DetachedRun {
    /** In the engine's process: the file by which it says that the run has begun. */
    static final String PROPERTY = "sluice.detached";

    private static final long LOOK_MILLIS = 20;

    private final Terminal terminal;
    private final Path folder;
    private final Path notes;
    private final Path said;
    private final Path begun;

    /**
     * @param folder where the user stands
     * @param workdir where the run works, as far as the command line tells
     */
    DetachedRun(Terminal terminal, Path folder, Path workdir) {
        this.terminal = terminal;
        this.folder = folder;
        this.notes = workdir.resolve(".sluice");
        String name = "detached-" + UUID.randomUUID();
        said = notes.resolve(name + ".log");
        begun = notes.resolve(name + ".begun");
    }

    /** Whether this process is the engine of a detached run. */
    static boolean isEngine() {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * Says that the run has begun; to be called once its plan is made and its outputs are held.
     * Does nothing where the run is not a detached one.
     */
    static void tellBegun(RunFolder run) throws IOException {
        String file = System.getProperty(PROPERTY);
        if (file == null) {
            return;
        }
        Path told = Path.of(file);
        if (!Files.isDirectory(told.resolveSibling("."))) {
            return;
        }
        Path written = told.resolveSibling(told.getFileName() + ".new");
        Files.write(written, List.of(run.workdir().toAbsolutePath().toString(), run.id()));
        Files.move(written, told, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Starts it.
     *
     * @param command {@code run} or {@code resume}
     * @param words what the user typed behind it
     * @return 0 once the run has begun, else what the engine answered
     */
    int start(String command, List<String> words) throws IOException {
        Files.createDirectories(notes);
        Files.createFile(said);
        try {
            return follow(process(command, words));
        } finally {
            Files.deleteIfExists(begun);
            Files.deleteIfExists(said);
        }
    }

    private Process process(String command, List<String> words) throws IOException {
        return new ProcessBuilder(DetachedCommand.of(command, words, begun))
                .directory(folder.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(said.toFile()))
                .redirectError(Redirect.appendTo(said.toFile()))
                .start();
    }

    private int follow(Process engine) throws IOException {
        // Until the run has begun, Ctrl-C is meant for it.
        var hook = new Thread(engine::destroy, "stop what is not begun");
        Runtime.getRuntime().addShutdownHook(hook);
        try (var text = new RandomAccessFile(said.toFile(), "r")) {
            boolean over = false;
            while (!over) {
                over = engine.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                RunFolder run = toldBegun();
                show(text);
                if (run != null) {
                    letGo(hook);
                    return announce(run, engine.pid());
                }
            }
            letGo(hook);
            return engine.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.JOB_FAILED;
        }
    }

    private static void letGo(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The hook is at work.
        }
    }

    private @Nullable RunFolder toldBegun() throws IOException {
        if (!Files.exists(begun)) {
            return null;
        }
        List<String> lines = Files.readAllLines(begun);
        return new RunFolder(Path.of(lines.get(0)), lines.get(1));
    }

    private void show(RandomAccessFile text) throws IOException {
        byte[] bytes = new byte[1 << 14];
        int count = text.read(bytes);
        while (count > 0) {
            terminal.err().write(bytes, 0, count);
            count = text.read(bytes);
        }
        terminal.err().flush();
    }

    /** The run's id goes to standard output, for scripts; all else to people. */
    private int announce(RunFolder run, long process) {
        String log = keepSaid(run);
        String here = run.workdir().equals(folder.toAbsolutePath()) ? "" : " -d " + run.workdir();
        terminal.err()
                .println(
                        "Run "
                                + run.id()
                                + " goes on in the background (process "
                                + process
                                + ").");
        terminal.err().println("  follow it: sluice attach" + here);
        terminal.err().println("  stop it:   sluice cancel" + here);
        terminal.err().println("  its words: " + log);
        terminal.err().flush();
        terminal.out().println(run.id());
        return ExitCode.DONE;
    }

    /** The engine writes on into the same file under its new name. */
    private String keepSaid(RunFolder run) {
        Path kept = run.path().resolve("engine.log");
        try {
            Files.move(said, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // The Snakefile's own working folder may be on another file system.
            return "not kept: " + e.getMessage();
        }
        Path from = folder.toAbsolutePath();
        return kept.startsWith(from) ? from.relativize(kept).toString() : kept.toString();
    }
}
