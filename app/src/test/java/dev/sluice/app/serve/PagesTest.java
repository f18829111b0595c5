package dev.sluice.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

final class PagesTest {
    private static final String HERE = "Host: localhost";
    private static final Pattern TAG = Pattern.compile("(?i)etag: (\\S+)");

    @TempDir private static Path folder;
    private static Doors doors;

    @BeforeAll
    static void start() throws Exception {
        Path web = Files.createDirectories(folder.resolve("web"));
        Files.writeString(web.resolve("index.html"), "<!doctype html><title>Sluice</title>");
        Files.writeString(web.resolve("main.js"), "export {};");
        Files.writeString(web.resolve("main.css"), "body{}");
        Files.writeString(web.resolve("icon.svg"), "<svg/>");
        Files.writeString(web.resolve("notes.txt"), "not for the web");
        Files.writeString(folder.resolve("secret.html"), "secret");
        doors = new Doors(router -> new Pages(web).mount(router));
    }

    @AfterAll
    static void end() {
        doors.close();
    }

    private static String get(String path, String... headers) throws Exception {
        var lines = new java.util.ArrayList<>(java.util.List.of("GET " + path + " HTTP/1.1", HERE));
        lines.addAll(java.util.List.of(headers));
        return doors.asks(lines.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runs", "/runs/x", "/runs/x/jobs/y", "/submit", "/login"})
    void eachPageIsTheSameFileUnderAStrictPolicy(String path) throws Exception {
        assertThat(get(path))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-type: text/html; charset=utf-8")
                .containsIgnoringCase("content-security-policy: default-src 'none';")
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .endsWith("<title>Sluice</title>");
    }

    @ParameterizedTest
    @CsvSource({
        "/app/main.js, text/javascript",
        "/app/main.css, text/css",
        "/app/icon.svg, image/svg+xml",
        "/favicon.ico, image/svg+xml",
    })
    void filesHaveTheirTypes(String path, String type) throws Exception {
        assertThat(get(path))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-type: " + type);
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        var tag = TAG.matcher(get("/app/main.js"));
        assertThat(tag.find()).isTrue();

        assertThat(get("/app/main.js", "If-None-Match: " + tag.group(1)))
                .startsWith("HTTP/1.1 304")
                .doesNotContain("export");
        assertThat(get("/app/main.js", "If-None-Match: \"other\"")).endsWith("export {};");
    }

    @Test
    void whoAsksForTheHeadOnlyGetsIt() throws Exception {
        assertThat(doors.asks("HEAD / HTTP/1.1", HERE))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("<title>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/../secret.html",
                "/app/%2e%2e/secret.html",
                "/app/..%2fsecret.html",
                "/app/%2e%2e%2fsecret.html",
                "/app//../secret.html",
                "/app/..\\secret.html",
                "/app//etc/hosts.html",
                "/app/notes.txt",
                "/app/none.js",
                "/app/",
                "/app/main.js%00.html",
            })
    void nothingButTheWebsFilesIsHandedOut(String path) throws Exception {
        assertThat(get(path)).containsPattern("^HTTP/1.1 (400|404)").doesNotContain("secret\n");
    }

    @Test
    void theProgramCarriesItsPages() throws Exception {
        try (var packed = new Doors(router -> new Pages(null).mount(router))) {
            assertThat(packed.asks("GET /app/../../META-INF/MANIFEST.MF HTTP/1.1", HERE))
                    .containsPattern("^HTTP/1.1 (400|404)");
            assertThat(packed.asks("GET /app/none.js HTTP/1.1", HERE)).startsWith("HTTP/1.1 404");
        }
    }
}
