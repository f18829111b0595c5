package dev.sluice.app.serve;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The web view's files, from the program's jar; with {@code -Dsluice.web.dir} from a folder, for
 * those who work on them. They are few and small, and kept in memory.
 */
final class Pages {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    private static final String ASSETS = "/app/";

    private record File(Buffer bytes, String type, String tag) {}

    private final @Nullable Path folder;
    private final Map<String, File> files = new ConcurrentHashMap<>();
    private final Preloads preloads;

    Pages(@Nullable Path folder) {
        this.folder = folder;
        preloads = new Preloads(this::text, folder != null);
    }

    void mount(Router router) {
        router.route(ASSETS + "*").method(GET).method(HEAD).handler(this::asset);
        for (String page :
                new String[] {"/", "/submit", "/login", "/runs", "/runs/*", "/favicon.ico"}) {
            router.route(page).method(GET).method(HEAD).handler(this::page);
        }
    }

    private void asset(RoutingContext context) {
        String path = context.normalizedPath().substring(ASSETS.length());
        File file = file(path);
        if (file == null) {
            absent(context, "no such file\n");
        } else {
            send(context, file);
        }
    }

    private void page(RoutingContext context) {
        String name = context.normalizedPath().equals("/favicon.ico") ? "icon.svg" : "index.html";
        File file = file(name);
        if (file == null) {
            absent(context, "this build has no pages\n");
        } else {
            String link = preloads.linkOf(context.normalizedPath());
            if (!link.isEmpty()) {
                context.response().putHeader("Link", link);
            }
            send(context, file);
        }
    }

    private static void absent(RoutingContext context, String why) {
        context.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(why);
    }

    private static void send(RoutingContext context, File file) {
        HttpServerResponse response = context.response();
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", file.tag());
        if (file.tag().equals(context.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("Content-Type", file.type()).end(file.bytes());
        }
    }

    private @Nullable String text(String path) {
        File file = file(path);
        return file == null ? null : file.bytes().toString();
    }

    private @Nullable File file(String path) {
        if (folder != null) {
            return read(path);
        }
        File known = files.get(path);
        if (known != null) {
            return known;
        }
        // What is not there is not kept in mind: clients can think of any number of names.
        File found = read(path);
        if (found != null) {
            files.put(path, found);
        }
        return found;
    }

    private @Nullable File read(String path) {
        String type = type(path);
        if (type.isEmpty() || path.contains("..") || path.startsWith("/")) {
            return null;
        }
        try (InputStream in = open(path)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            return new File(Buffer.buffer(bytes), type, tag(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable InputStream open(String path) throws IOException {
        if (folder != null) {
            Path file = folder.resolve(path);
            return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
        }
        return Pages.class.getResourceAsStream("/web/" + path);
    }

    private static String type(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return switch (ending) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "";
        };
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
