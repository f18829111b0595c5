package dev.sluice.app.host;

import dev.sluice.app.cli.HostedEngine;
import dev.sluice.app.cli.Surroundings;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Arguments;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.executor.local.LocalSettings;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** One life of a run's engine, on the thread that calls {@link #live}. */
final class Life implements Surroundings {
    private static final int SAID_AT_MOST = 16_000;

    private final HostedRun run;
    private final HostSettings settings;
    private final SharedCores cores;
    private final PlanningGate.Pass planning;
    private final Consumer<@Nullable RunLoop> loops;
    private long logBegin;

    /**
     * @param planning given back once the run goes on
     * @param loops told the loop when it is about to begin, and null once it is over
     */
    Life(
            HostedRun run,
            HostSettings settings,
            SharedCores cores,
            PlanningGate.Pass planning,
            Consumer<@Nullable RunLoop> loops) {
        this.run = run;
        this.settings = settings;
        this.cores = cores;
        this.planning = planning;
        this.loops = loops;
    }

    /**
     * To its end, in the words of exit codes.
     *
     * @param changes options of {@code resume}
     */
    int live(List<String> changes, HostedEngine.Past before) {
        try (PrintStream text = engineLog()) {
            var terminal = new Terminal(text, text, false, false);
            boolean begins = before == HostedEngine.Past.NOTHING;
            RunFolder folder = run.folder();
            Path workdir = begins ? run.workdir() : folder.workdir();
            var engine = new HostedEngine(terminal, workdir, settings.environment());
            return begins
                    ? engine.begin(words(), this)
                    : engine.resume(folder, Words.ofResume(changes, cores.cores()), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            planning.leave();
        }
    }

    /** The command line that it begins with. */
    List<String> words() {
        return Words.of(run.submission().words(), cores.cores());
    }

    private PrintStream engineLog() throws IOException {
        logBegin = Files.exists(run.engineLog()) ? Files.size(run.engineLog()) : 0;
        var file =
                Files.newOutputStream(
                        run.engineLog(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new PrintStream(new BufferedOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** The end of what was said in this life. */
    String said() {
        try (var log = Files.newByteChannel(run.engineLog())) {
            long from = Math.max(logBegin, log.size() - SAID_AT_MOST);
            log.position(from);
            byte[] text = Channels.newInputStream(log).readAllBytes();
            return new String(text, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "the engine's words are lost: " + e.getMessage();
        }
    }

    @Override
    public void check(Arguments merged) {
        HostedEngine.checkMerged(merged, run.workdir());
    }

    @Override
    public String owner() {
        return run.submission().owner();
    }

    @Override
    public RunFolder newRun(Path workdir) {
        if (!workdir.normalize().startsWith(run.workdir())) {
            throw new UsageError(
                    "the Snakefile's workdir: " + workdir + " lies outside the submitted workflow",
                    "a server gives each run a folder of its own: name it by a relative path");
        }
        if (!workdir.equals(run.workdir())) {
            WorksIn.write(run.home(), workdir);
        }
        return HostedEngine.fresh(workdir, run.id());
    }

    @Override
    public boolean remembersAll() {
        return true;
    }

    @Override
    public Path printed() {
        return run.engineLog();
    }

    @Override
    public Guard guard(Terminal terminal, RunLoop begun, boolean leaveOnInterrupt) {
        planning.leave();
        ResumeRequest.heard(run);
        loops.accept(begun);
        return new Guard() {
            @Override
            public int code(int otherwise) {
                return otherwise;
            }

            @Override
            public void close() {
                loops.accept(null);
            }
        };
    }

    @Override
    public Executor executor(LocalSettings local, Executor.Listener listener) {
        var blocks = new RunServerOnce(local.runServer());
        var asked =
                new LocalSettings(
                        local.workdir(),
                        local.runFolder(),
                        local.pythonFolder(),
                        local.python(),
                        blocks);
        return new QueuedExecutor(
                cores,
                owner(),
                run.id(),
                blocks::ask,
                listener,
                hears -> settings.executors().executor(asked, hears));
    }

    @Override
    public RunMeasures measures() {
        return settings.measures();
    }
}
