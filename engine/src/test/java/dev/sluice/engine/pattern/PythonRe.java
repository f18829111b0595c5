package dev.sluice.engine.pattern;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks the real {@code re} of python3: what does this pattern make of this path? One process
 * answers a whole batch.
 */
final class PythonRe {
    /** A file pattern and a path; constraints stand in the pattern. */
    record Question(String pattern, String path) {}

    private static final String PROGRAM =
            """
            import re, sys, warnings
            warnings.simplefilter("ignore")
            TOKEN = re.compile(
                r"\\{(?=(\\s*(?P<name>[.\\w]+)(\\s*,\\s*(?P<constraint>([^{}]+|\\{\\d+(,\\d+)?\\})*))?\\s*))\\1\\}")
            def regex(pattern):
                parts, last, seen = [], 0, set()
                for m in TOKEN.finditer(pattern):
                    parts.append(re.escape(pattern[last:m.start()]))
                    name = m["name"]
                    if name in seen:
                        if m["constraint"]:
                            raise ValueError("twice")
                        parts.append(f"(?P={name})")
                    else:
                        seen.add(name)
                        parts.append(f"(?P<{name}>{m['constraint'] or '.+'})")
                    last = m.end()
                parts.append(re.escape(pattern[last:]))
                return "".join(parts) + "$"
            def answer(pattern, path):
                try:
                    m = re.match(regex(pattern), path)
                except Exception as e:
                    return "bad"
                if m is None:
                    return "none"
                return "ok" + "".join(f"|{k}={v}" for k, v in m.groupdict().items())
            def text(hexed):
                return bytes.fromhex(hexed).decode()
            for line in sys.stdin:
                pattern, path = line.rstrip("\\n").split(" ")
                print(answer(text(pattern[1:]), text(path[1:])).encode().hex())
            """;

    private PythonRe() {}

    /** {@code bad}, {@code none}, or {@code ok} with the wildcards. */
    static List<String> answers(List<Question> questions) throws IOException, InterruptedException {
        Process python =
                new ProcessBuilder("python3", "-c", PROGRAM)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        StringBuilder input = new StringBuilder();
        for (Question question : questions) {
            input.append('x')
                    .append(hex(question.pattern()))
                    .append(" x")
                    .append(hex(question.path()))
                    .append('\n');
        }
        Thread writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (var stdin = python.getOutputStream()) {
                                        stdin.write(
                                                input.toString()
                                                        .getBytes(StandardCharsets.US_ASCII));
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                });
        String output =
                new String(python.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        writer.join();
        if (!python.waitFor(30, TimeUnit.SECONDS) || python.exitValue() != 0) {
            throw new IOException("python3 failed");
        }
        List<String> answers = new ArrayList<>();
        output.lines().forEach(line -> answers.add(unhex(line)));
        return answers;
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unhex(String hex) {
        return new String(java.util.HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
