package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The set of a run's outputs as sorted 64-bit hashes: a hundred thousand are 800 kB and compared in
 * a millisecond.
 */
final class OutputHashes {
    private final long[] sorted;

    private OutputHashes(long[] sorted) {
        this.sorted = sorted;
    }

    static OutputHashes of(List<String> outputs) {
        long[] hashes = outputs.stream().mapToLong(OutputHashes::hash).toArray();
        Arrays.sort(hashes);
        return new OutputHashes(hashes);
    }

    static OutputHashes read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return new OutputHashes(new long[0]);
        }
        var bytes = ByteBuffer.wrap(Files.readAllBytes(path)).asLongBuffer();
        long[] hashes = new long[bytes.remaining()];
        bytes.get(hashes);
        return new OutputHashes(hashes);
    }

    void write(Path path) throws IOException {
        var bytes = ByteBuffer.allocate(sorted.length * Long.BYTES);
        bytes.asLongBuffer().put(sorted);
        Path written = path.resolveSibling(path.getFileName() + ".new");
        Files.write(written, bytes.array());
        Whole.rename(written, path);
    }

    /** The first of {@code outputs} that is in the set, or null. */
    @Nullable String firstOf(List<String> outputs) {
        if (sorted.length == 0) {
            return null;
        }
        for (String output : outputs) {
            if (Arrays.binarySearch(sorted, hash(output)) >= 0) {
                return output;
            }
        }
        return null;
    }

    /** FNV-1a over the characters, then mixed. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        return hash * 0x9e3779b97f4a7c15L;
    }
}
