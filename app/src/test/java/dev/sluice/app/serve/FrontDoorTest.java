package dev.sluice.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.access.Tokens;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

final class FrontDoorTest {
    private static final String ADA = "0123456789abcdef-ada";
    private static final String RUNS = "GET /api/v1/runs HTTP/1.1";
    private static final String HERE = "Host: localhost:1";

    @TempDir private static Path folder;
    private static Doors closed;
    private static Doors open;

    @BeforeAll
    static void start() throws Exception {
        Path file = Files.writeString(folder.resolve("tokens"), "ada " + ADA + "\n");
        closed = new Doors(router -> new FrontDoor("me", Tokens.read(file), null).mount(router));
        open =
                new Doors(
                        router ->
                                new FrontDoor("me", null, "https://sluice.example.org/x")
                                        .mount(router));
    }

    @AfterAll
    static void end() {
        closed.close();
        open.close();
    }

    @Test
    void aTokenSaysWhoAsksWhateverTheClientClaims() throws Exception {
        assertThat(
                        closed.asks(
                                RUNS,
                                HERE,
                                "Authorization: Bearer " + ADA,
                                "Sluice-Principal: root",
                                "sluice-principal: bob"))
                .contains("200 OK")
                .endsWith("for [ada]");
        assertThat(open.asks(RUNS, HERE, "SLUICE-PRINCIPAL: root")).endsWith("for [me]");
    }

    @Test
    void aPageShowsItsTokenInACookie() throws Exception {
        assertThat(closed.asks(RUNS, HERE, "Cookie: a=b; sluice_token=" + ADA))
                .endsWith("for [ada]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Authorization: Bearer 0123456789abcdef-bob",
                "Authorization: Basic MDEyMzQ1Njc4OWFiY2RlZi1hZGE=",
                "Authorization: Bearer",
                "Cookie: sluice_token=",
                "Sluice-Principal: ada",
            })
    void whoShowsNoTokenIsAsked(String header) throws Exception {
        assertThat(closed.asks(RUNS, HERE, header))
                .startsWith("HTTP/1.1 401")
                .containsIgnoringCase("www-authenticate: Bearer")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61pi/v1/runs",
                "//api/v1/runs",
                "/./api/v1/runs",
                "/runs/../api/v1/runs",
                "/app/%2e%2e/api/v1/runs",
                "/api/v1/runs/",
                "/something/else",
            })
    void noSpellingOfAPathGoesAroundTheLogin(String path) throws Exception {
        assertThat(closed.asks("GET " + path + " HTTP/1.1", HERE)).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runs/x/jobs/y", "/submit", "/health/ready", "/metrics"})
    void whatHoldsNoRunsNeedsNoToken(String path) throws Exception {
        // There is nothing behind the door here: 404, and not 401.
        assertThat(closed.asks("GET " + path + " HTTP/1.1", HERE)).startsWith("HTTP/1.1 404");
        assertThat(closed.posts(path, "")).startsWith("HTTP/1.1 401");
    }

    @Test
    void loggingInGivesACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
        String answer = closed.posts("/login", "token=" + ADA);

        assertThat(answer)
                .startsWith("HTTP/1.1 204")
                .contains("sluice_token=" + ADA)
                .contains("HTTPOnly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .doesNotContain("Secure");
        assertThat(closed.posts("/login", "token=" + ADA, "X-Forwarded-Proto: https"))
                .contains("Secure");
    }

    @Test
    void aWrongTokenLogsNobodyIn() throws Exception {
        assertThat(closed.posts("/login", "token=0123456789abcdef-bob"))
                .startsWith("HTTP/1.1 401")
                .doesNotContain("sluice_token");
        assertThat(closed.posts("/login", "")).startsWith("HTTP/1.1 401");
        assertThat(closed.posts("/login", "token=" + "x".repeat(5000))).contains(" 413 ");
    }

    @Test
    void loggingOutTakesTheCookieAway() throws Exception {
        assertThat(closed.posts("/logout", ""))
                .startsWith("HTTP/1.1 204")
                .contains("sluice_token=;")
                .contains("Max-Age=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example"})
    void aNameThatOnlyResolvesToThisMachineIsRefused(String host) throws Exception {
        assertThat(open.asks(RUNS, "Host: " + host + ":8745"))
                .startsWith("HTTP/1.1 421")
                .contains("\"status\":421");
        assertThat(open.asks("GET / HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:1",
                "127.0.0.1:8745",
                "[::1]:8745",
                "run.localhost",
                "sluice.example.org",
            })
    void itsOwnNamesAreItsOwn(String host) throws Exception {
        assertThat(open.asks(RUNS, "Host: " + host)).endsWith("for [me]");
    }

    @Test
    void aPageOfAnotherSiteSteersNothing() throws Exception {
        for (Doors doors : new Doors[] {open, closed}) {
            String path = "/api/v1/runs/x/says/cancel";
            String token = "Authorization: Bearer " + ADA;
            assertThat(doors.posts(path, "", token, "Origin: http://evil.example"))
                    .startsWith("HTTP/1.1 403");
            assertThat(doors.posts(path, "", token, "Origin: null")).startsWith("HTTP/1.1 403");
            assertThat(doors.posts(path, "", token, "Sec-Fetch-Site: cross-site"))
                    .startsWith("HTTP/1.1 403");
            assertThat(doors.posts(path, "", token, "Origin: http://localhost")).contains("200 OK");
            assertThat(doors.posts(path, "", token)).contains("200 OK");
        }
    }
}
