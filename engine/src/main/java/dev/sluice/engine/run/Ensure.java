package dev.sluice.engine.run;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.Callable;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * What {@code ensure()} wants of an output: not empty, or a content with a known checksum, which a
 * function may give.
 */
final class Ensure {
    private final Evaluator evaluator;

    Ensure(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    void check(Path file, String name, Value.MapOf wishes, JobArguments job)
            throws IOException, RunFailure {
        SequencedMap<String, Value> wished = new LinkedHashMap<>();
        for (Value.Entry entry : wishes.entries()) {
            if (entry.key() instanceof Value.Text(String key)) {
                wished.put(key, entry.value());
            }
        }
        if (new Value.Bool(true).equals(wished.get("non_empty")) && Files.size(file) == 0) {
            throw new RunFailure(
                    "the output " + name + " is empty, and ensure() says that it must not be");
        }
        if (wished.get("checksum_algorithm") instanceof Value.Text(String algorithm)) {
            compare(file, name, algorithm, expected(wished.get("checksum"), name, job));
        }
    }

    private String expected(@Nullable Value checksum, String name, JobArguments job)
            throws RunFailure {
        Value value = checksum;
        Callable function = Callable.of(checksum);
        if (function != null) {
            Call call = new Call(function, Call.Expect.VALUE, job);
            value =
                    switch (evaluator.call(List.of(call)).getFirst()) {
                        case Answer.Of(Value answer) -> answer;
                        case Answer.Failed(var error) ->
                                throw new RunFailure(
                                        "the checksum function of ensure() for "
                                                + name
                                                + " failed: "
                                                + error.text());
                        case Answer other -> null;
                    };
        }
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw new RunFailure("ensure() gives no checksum for the output " + name);
    }

    private static void compare(Path file, String name, String algorithm, String expected)
            throws IOException, RunFailure {
        String found = digest(file, algorithm);
        if (!found.equals(expected.toLowerCase(Locale.ROOT))) {
            throw new RunFailure(
                    "the output "
                            + name
                            + " has the "
                            + algorithm
                            + " checksum "
                            + found
                            + ", and ensure() wants "
                            + expected);
        }
    }

    private static String digest(Path file, String algorithm) throws IOException, RunFailure {
        String standard =
                switch (algorithm) {
                    case "sha256" -> "SHA-256";
                    case "sha1" -> "SHA-1";
                    case "md5" -> "MD5";
                    default -> throw new RunFailure("unknown checksum " + algorithm);
                };
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(standard);
            byte[] buffer = new byte[1 << 16];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
