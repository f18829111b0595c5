package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows what passwords and keys look like: by the names that tools give their files, and by how a
 * private key begins. It errs on the side of asking; it cannot find a password in a script.
 */
final class Secrets {
    private static final int HEAD = 4096;

    private static final Set<String> NAMES =
            Set.of(
                    ".env",
                    ".netrc",
                    "_netrc",
                    ".git-credentials",
                    "credentials.json",
                    "application_default_credentials.json",
                    "kubeconfig",
                    ".pgpass",
                    ".my.cnf",
                    ".htpasswd",
                    ".s3cfg",
                    ".boto",
                    ".vault-token",
                    ".dockercfg",
                    "id_rsa",
                    "id_dsa",
                    "id_ecdsa",
                    "id_ed25519",
                    "id_ecdsa_sk",
                    "id_ed25519_sk");
    private static final List<String> ENDS =
            List.of(
                    ".pem",
                    ".key",
                    ".kdbx",
                    ".kdb",
                    ".p12",
                    ".pfx",
                    ".ppk",
                    ".jks",
                    ".keystore",
                    ".kubeconfig");
    private static final List<String> PATHS =
            List.of(".aws/credentials", ".kube/config", ".docker/config.json");

    /** Of {@code .env.NAME}: what people commit to show which variables there are. */
    private static final Set<String> EXAMPLES =
            Set.of(".env.example", ".env.sample", ".env.template", ".env.dist");

    private static final Pattern KEY =
            Pattern.compile(
                    "\\A[\\s\\uFEFF]*(-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----"
                            + "|PuTTY-User-Key-File-)");
    private static final Pattern TOKEN =
            Pattern.compile("(?im)^[^#;\\n]*(_authToken|_auth|_password|password)\\s*[=:]");

    private Secrets() {}

    /** Why it seems to be one, as words that follow the path; null where it does not. */
    static @Nullable String reason(String path, Path file) throws IOException {
        String lower = path.toLowerCase(Locale.ROOT);
        String name = lower.substring(lower.lastIndexOf('/') + 1);
        boolean named =
                NAMES.contains(name)
                        || ENDS.stream().anyMatch(name::endsWith)
                        || (name.startsWith(".env.") && !EXAMPLES.contains(name))
                        || PATHS.stream().anyMatch(p -> ("/" + lower).endsWith("/" + p));
        if (named) {
            return "is named like a file of passwords or keys";
        }
        String head = head(file);
        if (KEY.matcher(head).find()) {
            return "begins like a private key";
        }
        boolean packages = name.equals(".npmrc") || name.equals(".pypirc");
        return packages && TOKEN.matcher(head).find() ? "has a password or a token in it" : null;
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
        }
    }
}
