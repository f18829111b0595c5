package dev.sluice.app.access;

import dev.sluice.app.console.UsageError;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokens of {@code --token-file}: a line each, {@code OWNER TOKEN}. Kept as hashes, and
 * compared without telling by time how much of one was right.
 */
public final class Tokens {
    private static final int SHORTEST = 16;

    /** Both travel in headers of HTTP. */
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    private static final class Known {
        final Principal principal;
        final byte[] hash;

        Known(Principal principal, byte[] hash) {
            this.principal = principal;
            this.hash = hash;
        }
    }

    private final List<Known> known;

    private Tokens(List<Known> known) {
        this.known = known;
    }

    /**
     * @throws UsageError where the file cannot be used
     */
    public static Tokens read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new UsageError("there is no token file " + file);
        } catch (IOException e) {
            throw new UsageError("cannot read the token file " + file + ": " + e.getMessage());
        }
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Known next = known(line, file, i + 1);
                if (known.stream().anyMatch(each -> MessageDigest.isEqual(each.hash, next.hash))) {
                    throw new UsageError(file + ":" + (i + 1) + ": this token stands there twice");
                }
                known.add(next);
            }
        }
        if (known.isEmpty()) {
            throw new UsageError(
                    "the token file " + file + " holds no token", "a line each: OWNER TOKEN");
        }
        return new Tokens(known);
    }

    private static Known known(String line, Path file, int number) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 2) {
            throw new UsageError(
                    file + ":" + number + ": expected an owner and a token", "OWNER TOKEN");
        }
        if (words[1].length() < SHORTEST) {
            throw new UsageError(
                    file + ":" + number + ": this token is too short to be a secret",
                    "at least " + SHORTEST + " characters: `openssl rand -hex 24` makes one");
        }
        if (!OWNER.matcher(words[0]).matches() || !TOKEN.matcher(words[1]).matches()) {
            throw new UsageError(
                    file
                            + ":"
                            + number
                            + ": an owner or a token has characters that cannot be sent",
                    "owners: letters, digits and ._@+-; tokens: letters, digits and ._~+/=-");
        }
        return new Known(new Principal(words[0]), hash(words[1]));
    }

    /** Whose token it is; null where it is nobody's. */
    public @Nullable Principal ownerOf(String token) {
        byte[] hash = hash(token);
        Principal found = null;
        for (Known each : known) {
            if (MessageDigest.isEqual(each.hash, hash)) {
                found = each.principal;
            }
        }
        return found;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
