package dev.sluice.executor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The engine's environment, byte for byte. The supervisor's own is not to be trusted: a {@code
 * python3} that is a wrapper (pyenv's, for one) changes PATH on the way.
 */
final class OwnEnvironment {
    private OwnEnvironment() {}

    /** The environment with one more variable, which replaces one of the same name. */
    static List<byte[]> with(String variable) {
        String name = variable.substring(0, variable.indexOf('=') + 1);
        byte[] begin = NativeText.bytes(name);
        List<byte[]> entries = new ArrayList<>(entries());
        entries.removeIf(
                entry ->
                        entry.length >= begin.length
                                && Arrays.equals(entry, 0, begin.length, begin, 0, begin.length));
        entries.add(NativeText.bytes(variable));
        return entries;
    }

    /** {@code NAME=value}, one each. */
    static List<byte[]> entries() {
        try {
            return split(Files.readAllBytes(Path.of("/proc/self/environ")));
        } catch (IOException e) {
            List<byte[]> entries = new ArrayList<>();
            System.getenv()
                    .forEach((name, value) -> entries.add(NativeText.bytes(name + "=" + value)));
            return entries;
        }
    }

    private static List<byte[]> split(byte[] text) {
        List<byte[]> entries = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == 0) {
                entries.add(Arrays.copyOfRange(text, start, i));
                start = i + 1;
            }
        }
        return entries;
    }
}
