package dev.sluice.app.rest;

import dev.sluice.app.cli.HostedEngine;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.submit.BadBundle;
import dev.sluice.app.submit.Quota;
import dev.sluice.app.submit.Unpacked;
import dev.sluice.app.submit.Unpacking;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** Unpacks the bundle of a request; whatever becomes of it, nothing is left where it arrived. */
final class Incoming {
    private final Runs runs;
    private final Quota quota;

    Incoming(Runs runs, Quota quota) {
        this.runs = runs;
        this.quota = quota;
    }

    /**
     * @param words flags of the run, which may name a Snakefile
     * @param use may move the folder away
     */
    <T> T unpacked(Parts.Upload upload, List<String> words, BiFunction<Path, Unpacked, T> use) {
        Path folder = runs.incoming();
        try {
            return use.apply(
                    folder, Unpacking.unpack(upload.file(), quota, folder, snakefile(words)));
        } catch (BadBundle bad) {
            throw problem(bad);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Leftovers.delete(folder);
        }
    }

    /**
     * Over the files of a run that does not go on.
     *
     * @param path where a single file belongs
     * @return what changed
     */
    List<String> unpackedOver(Parts.Upload upload, String path, HostedRun run) {
        try {
            return Unpacking.unpackOver(upload.file(), path, run.workdir(), quota);
        } catch (BadBundle bad) {
            throw problem(bad);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem problem(BadBundle bad) {
        return new Problem(bad.status(), bad.title(), bad.detail(), bad.hint());
    }

    /** The one that the words name, or null; also where they are wrong, which is told later. */
    static @Nullable String snakefile(List<String> words) {
        try {
            return HostedEngine.snakefile(words);
        } catch (UsageError wrong) {
            return null;
        }
    }
}
