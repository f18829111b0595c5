package dev.sluice.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.catalogue.RunsSketch;
import dev.sluice.app.edge.HookSink.Got;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.measure.Measures;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.settings.ServerSettings.End;
import dev.sluice.app.settings.ServerSettings.Mail;
import dev.sluice.app.settings.ServerSettings.Webhook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

final class NotifyRoutesTest {
    private static final String SECRET = "s3cret";

    @TempDir private Path temp;

    private final Measures measures = new Measures(Map::of);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicLong seconds = new AtomicLong(1_800_000_000L);
    private int tries = 150;
    private HookSink hook;
    private HostedRun run;

    @BeforeEach
    void begin() throws IOException {
        hook = new HookSink();
        run = new RunsSketch(temp.resolve("data")).add("ada", "pe\u00e1k calling");
    }

    @AfterEach
    void end() {
        hook.close();
        measures.close();
    }

    @Test
    void aWebhookIsSignedAndTriedAgainUntilItIsTaken() throws Exception {
        hook.answers.addAll(List.of(503, 429, 200));
        NotifyRoutes routes = routes(hooks(End.values()));
        try (var _ = new StartedCamel(routes)) {
            routes.outbox().ended(run, row("failed"));
            await().until(() -> hook.got.size() == 3);
            await().until(() -> waiting().isEmpty());
        }
        Got last = hook.got.getLast();
        assertThat(last.path()).isEqualTo("POST /hook?token=a%20b&x=1");
        assertThat(last.header("Content-Type")).startsWith("application/json");
        assertThat(last.body())
                .contains("\"event\":\"run.failed\"", "\"url\":\"http://here/runs/" + run.id())
                .contains("\"name\":\"pe\u00e1k calling\"", "\"failures\":2");
        // Every try has its own time and signature, and the same id.
        assertThat(hook.got)
                .extracting(got -> got.header("Sluice-Timestamp"))
                .doesNotHaveDuplicates();
        assertThat(hook.got)
                .extracting(got -> got.header("Sluice-Delivery"))
                .containsOnly(run.id() + "-failed-7");
        assertThat(hook.got)
                .allSatisfy(
                        got ->
                                assertThat(got.header("Sluice-Signature"))
                                        .isEqualTo(
                                                "sha256="
                                                        + hmac(
                                                                got.header("Sluice-Timestamp")
                                                                        + "."
                                                                        + got.body())));
        assertThat(last.headers().keySet()).noneMatch(name -> name.startsWith("camel"));
        assertThat(measures.scrape())
                .contains("{result=\"retried\",way=\"webhook\"} 2.0")
                .contains("{result=\"delivered\",way=\"webhook\"} 1.0");
        assertThat(log).isEmpty();
    }

    @Test
    void whatNobodyWillEverTakeIsLaidAside() throws Exception {
        hook.answers.addAll(List.of(410));
        NotifyRoutes routes = routes(hooks(End.values()));
        try (var _ = new StartedCamel(routes)) {
            routes.outbox().ended(run, row("failed"));
            await().until(() -> !log.isEmpty());
            await().until(() -> waiting().isEmpty());
            // The next one is not held up by it.
            routes.outbox().ended(run, row("succeeded"));
            await().until(() -> hook.got.size() == 2);
        }
        assertThat(log).singleElement().asString().contains("410").contains("was not told");
        assertThat(temp.resolve("notify/given-up")).isNotEmptyDirectory();
        assertThat(measures.scrape()).contains("{result=\"given-up\",way=\"webhook\"} 1.0");
    }

    @Test
    void whatWasNotDeliveredWhenTheServerEndedIsDeliveredByTheNextOne() throws Exception {
        NotifyRoutes first = routes(hooks(End.values()));
        for (int i = 0; i < 1000; i++) {
            hook.answers.add(500);
        }
        try (var _ = new StartedCamel(first)) {
            first.outbox().ended(run, row("failed"));
            await().until(() -> hook.got.size() >= 2);
        }
        assertThat(waiting()).hasSize(1);
        hook.answers.clear();
        int before = hook.got.size();
        try (var _ = new StartedCamel(routes(hooks(End.values())))) {
            await().until(() -> hook.got.size() > before);
            await().until(() -> waiting().isEmpty());
        }
        assertThat(hook.got)
                .extracting(got -> got.header("Sluice-Delivery"))
                .containsOnly(run.id() + "-failed-7");
        assertThat(log).isEmpty();
    }

    @Test
    void aReceiverThatIsAwayIsAskedAgain() throws Exception {
        String url = hook.url();
        int port = hook.port();
        hook.close();
        NotifyRoutes routes = routes(settings(List.of(hook(url, End.values())), null));
        try (var _ = new StartedCamel(routes)) {
            routes.outbox().ended(run, row("failed"));
            await().until(() -> measures.scrape().contains("{result=\"retried\",way=\"webhook\"}"));
            await().until(() -> retried() >= 2);
        }
        assertThat(port).isPositive();
        assertThat(waiting()).hasSize(1);
        assertThat(log).isEmpty();
    }

    @Test
    void patienceEnds() throws Exception {
        tries = 2;
        hook.answers.addAll(List.of(500, 500, 500));
        NotifyRoutes routes = routes(hooks(End.values()));
        try (var _ = new StartedCamel(routes)) {
            routes.outbox().ended(run, row("failed"));
            await().until(() -> waiting().isEmpty());
        }
        assertThat(hook.got).hasSize(3);
        assertThat(log).singleElement().asString().contains("500");
        assertThat(temp.resolve("notify/given-up")).isNotEmptyDirectory();
    }

    @Test
    void onlyTheEventsAskedForAreTold() throws Exception {
        NotifyRoutes routes = routes(hooks(End.FAILED));
        routes.outbox().ended(run, row("succeeded"));
        assertThat(waiting()).isEmpty();
        routes.outbox().ended(run, row("failed"));
        // The same end once more makes no second message.
        routes.outbox().ended(run, row("failed"));
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void mailIsSentAndTriedAgain() throws Exception {
        try (var sink = new MailSink()) {
            sink.refusals.set(2);
            NotifyRoutes routes = routes(settings(List.of(), mail(sink.port())));
            try (var _ = new StartedCamel(routes)) {
                routes.outbox().ended(run, row("failed"));
                await().until(() -> sink.messages.size() == 1);
                await().until(() -> waiting().isEmpty());
            }
            assertThat(sink.messages.getFirst())
                    .contains("RCPT TO:<ada@example.org>", "RCPT TO:<bob@example.org>")
                    .contains("From: sluice@example.org")
                    .contains("Subject: =?UTF-8?")
                    .contains("http://here/runs/" + run.id())
                    .contains("has failed");
            assertThat(measures.scrape()).contains("{result=\"retried\",way=\"mail\"} 2.0");
        }
    }

    @Test
    void mailThatIsRefusedForGoodIsLaidAside() throws Exception {
        try (var sink = new MailSink()) {
            sink.refusals.set(1);
            sink.refusal = "550 no such sender";
            NotifyRoutes routes = routes(settings(List.of(), mail(sink.port())));
            try (var _ = new StartedCamel(routes)) {
                routes.outbox().ended(run, row("failed"));
                await().until(() -> !log.isEmpty());
                await().until(() -> waiting().isEmpty());
            }
            assertThat(sink.messages).isEmpty();
            assertThat(log.getFirst()).contains("550");
        }
    }

    private double retried() {
        return measures.scrape()
                .lines()
                .filter(line -> line.contains("{result=\"retried\",way=\"webhook\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private NotifyRoutes routes(ServerSettings settings) {
        return new NotifyRoutes(
                temp.resolve("notify"),
                settings,
                id -> "http://here/runs/" + id,
                measures,
                log::add,
                () -> Instant.ofEpochSecond(seconds.getAndIncrement()),
                20,
                tries);
    }

    private ServerSettings hooks(End... events) {
        return settings(List.of(hook(hook.url(), events)), null);
    }

    private static Webhook hook(String url, End... events) {
        return new Webhook(url, SECRET, List.of(events));
    }

    private static Mail mail(int port) {
        return new Mail(
                "127.0.0.1",
                port,
                Mail.Security.NONE,
                "",
                "",
                "sluice@example.org",
                List.of("ada@example.org", "bob@example.org"),
                List.of(End.FAILED));
    }

    private static ServerSettings settings(List<Webhook> webhooks, @Nullable Mail mail) {
        ServerSettings usual = ServerSettings.DEFAULTS;
        return new ServerSettings(null, usual.quotas(), null, webhooks, mail, usual.retention());
    }

    private CatalogueRow row(String state) {
        return new CatalogueRow(
                run.id(),
                run.submission().owner(),
                run.submission().name(),
                state,
                List.of("--cores", "2"),
                1,
                1,
                1,
                7,
                7,
                1,
                3,
                2,
                0,
                0,
                0,
                5);
    }

    private List<String> waiting() throws IOException {
        var waiting = new ArrayList<String>();
        if (!Files.exists(temp.resolve("notify"))) {
            return waiting;
        }
        try (var files = Files.walk(temp.resolve("notify"))) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("given-up"))
                    .forEach(file -> waiting.add(file.toString()));
        }
        return waiting;
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
