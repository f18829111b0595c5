package dev.sluice.app.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Harm done to journals by tests. */
final class Damage {
    private Damage() {}

    /** A bad byte in the first record, with whole ones behind it. */
    static void inTheMiddle(Path workdir, String run) throws IOException {
        Path journal = journal(workdir, run);
        byte[] bytes = Files.readAllBytes(journal);
        bytes[40] ^= 1;
        Files.write(journal, bytes);
    }

    /** The last record incomplete, as a crash leaves it. */
    static void atTheEnd(Path workdir, String run) throws IOException {
        Path journal = journal(workdir, run);
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length - 3));
    }

    private static Path journal(Path workdir, String run) {
        return workdir.resolve(".sluice/runs").resolve(run).resolve("journal");
    }
}
