package dev.sluice.engine.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Which Python an interpreter is, asked only when it could not run the helper. */
final class PythonVersion {
    private static final int OLDEST_MINOR = 9;

    private PythonVersion() {}

    /** {@code 3.11.7}, or empty where even this cannot be learnt. */
    static String of(String python) {
        try {
            Process process =
                    new ProcessBuilder(
                                    python,
                                    "-c",
                                    "import sys; print('%d.%d.%d' % sys.version_info[:3])")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.strip();
        } catch (IOException e) {
            return "";
        }
    }

    static boolean isTooOld(String version) {
        String[] parts = version.split("\\.", -1);
        if (parts.length < 2) {
            return false;
        }
        try {
            int major = Integer.parseInt(parts[0]);
            return major < 3 || (major == 3 && Integer.parseInt(parts[1]) < OLDEST_MINOR);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
