package dev.sluice.app.edge;

import dev.sluice.app.measure.Measures;
import dev.sluice.app.measure.Measures.Told;
import dev.sluice.app.measure.Measures.Way;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.settings.ServerSettings.Mail;
import dev.sluice.app.settings.ServerSettings.Webhook;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tells those who asked for it that a run has ended: webhooks and mail. Delivers each message at
 * least once; what cannot be delivered is tried again for about a day, also over restarts, and then
 * laid aside. Nothing of it touches a run.
 */
public final class NotifyRoutes extends RouteBuilder {
    /** With ten minutes between them at the end, about a day. */
    private static final int TRIES = 150;

    private static final long LONGEST_PAUSE = 600_000;

    private final ServerSettings settings;
    private final Outbox outbox;
    private final Measures measures;
    private final Consumer<String> undelivered;
    private final InstantSource clock;
    private final long pause;
    private final int tries;

    /**
     * @param folder where messages wait; below the server's data folder
     * @param linkOf the address of a run's page
     * @param undelivered is told what could not be delivered, a line each
     */
    public NotifyRoutes(
            Path folder,
            ServerSettings settings,
            UnaryOperator<String> linkOf,
            Measures measures,
            Consumer<String> undelivered,
            InstantSource clock) {
        this(folder, settings, linkOf, measures, undelivered, clock, 1000, TRIES);
    }

    /**
     * @param pause in milliseconds before the second try; each further one is twice as long
     * @param tries behind the first one
     */
    NotifyRoutes(
            Path folder,
            ServerSettings settings,
            UnaryOperator<String> linkOf,
            Measures measures,
            Consumer<String> undelivered,
            InstantSource clock,
            long pause,
            int tries) {
        this.settings = settings;
        outbox = new Outbox(folder.toAbsolutePath(), settings, linkOf);
        this.measures = measures;
        this.undelivered = undelivered;
        this.clock = clock;
        this.pause = pause;
        this.tries = tries;
    }

    /** Writes messages down; from then on they are delivered, sooner or later. */
    public EndListener outbox() {
        return outbox;
    }

    @Override
    public void configure() {
        for (Webhook webhook : settings.webhooks()) {
            Path folder = outbox.of(webhook);
            String name = folder.getFileName().toString();
            deliver(name, folder, Way.WEBHOOK, webhook.toString());
            post(name, webhook);
        }
        Mail mail = settings.mail();
        if (mail != null) {
            deliver("mail", outbox.ofMail(), Way.MAIL, mail.toString());
            send(mail);
        }
    }

    private void deliver(String name, Path folder, Way way, String receiver) {
        // One at a time and in their order. A message's file goes when it is delivered.
        RouteDefinition route =
                from(FileEndpoints.over(
                                getContext(),
                                name,
                                folder,
                                "delete=true&idempotent=false&readLock=none&sortBy=file:name"
                                        + "&initialDelay=0&delay="
                                        + pause))
                        .routeId("notify-" + name);
        OnExceptionDefinition trouble = route.onException(Exception.class);
        trouble.setRedeliveryPolicyType(patience());
        trouble.retryWhile(this::isWorthAnother)
                .onRedelivery(_ -> measures.told(way, Told.RETRIED))
                .handled(true)
                .process(exchange -> giveUp(exchange, way, receiver));
        route.to("direct:" + name).process(_ -> measures.told(way, Told.DELIVERED));
    }

    private RedeliveryPolicyDefinition patience() {
        return new RedeliveryPolicyDefinition()
                .redeliveryDelay(pause)
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .maximumRedeliveryDelay(LONGEST_PAUSE)
                // What is waited for when the server ends is left to the next one.
                .allowRedeliveryWhileStopping(false)
                .logExhausted(false);
    }

    private void post(String name, Webhook webhook) {
        // Each try is signed anew, so that its time is the time of the try.
        from("direct:" + name)
                .routeId("post-" + name)
                .errorHandler(noErrorHandler())
                .process(NotifyRoutes::count)
                .process(exchange -> prepare(exchange, webhook))
                .to(receiver(name, webhook));
    }

    private HttpEndpoint receiver(String name, Webhook webhook) {
        HttpEndpoint endpoint =
                getContext()
                        .getEndpoint(
                                (webhook.url().startsWith("https:") ? "https" : "http")
                                        + "://"
                                        + name
                                        + "?followRedirects=false&copyHeaders=false"
                                        + "&connectTimeout=10000&connectionRequestTimeout=10000"
                                        + "&soTimeout=30000&responseTimeout=30000",
                                HttpEndpoint.class);
        // The client would send the same again by itself, with an old signature.
        endpoint.setHttpClientConfigurer(HttpClientBuilder::disableAutomaticRetries);
        return endpoint;
    }

    private static void count(Exchange exchange) {
        exchange.setProperty("sluice-tries", tries(exchange) + 1);
    }

    private void prepare(Exchange exchange, Webhook webhook) {
        Path message = file(exchange);
        byte[] body = read(message);
        long seconds = clock.instant().getEpochSecond();
        String name = message.getFileName().toString();
        var in = exchange.getMessage();
        in.removeHeaders("*");
        in.setBody(body);
        in.setHeader(Exchange.HTTP_URI, webhook.url());
        in.setHeader(Exchange.HTTP_METHOD, "POST");
        in.setHeader(Exchange.CONTENT_TYPE, "application/json");
        in.setHeader("User-Agent", "sluice");
        in.setHeader("Sluice-Delivery", name.substring(0, name.lastIndexOf('.')));
        in.setHeader("Sluice-Timestamp", Long.toString(seconds));
        if (!webhook.secret().isEmpty()) {
            in.setHeader("Sluice-Signature", Signature.of(webhook.secret(), seconds, body));
        }
    }

    private void send(Mail mail) {
        from("direct:mail")
                .routeId("send-mail")
                .errorHandler(noErrorHandler())
                .process(NotifyRoutes::count)
                .process(exchange -> prepare(exchange, mail))
                .to(address(mail));
    }

    private static void prepare(Exchange exchange, Mail mail) {
        String text = new String(read(file(exchange)), StandardCharsets.UTF_8);
        int line = text.indexOf('\n');
        var in = exchange.getMessage();
        in.removeHeaders("*");
        in.setHeader("From", mail.from());
        in.setHeader("To", String.join(",", mail.to()));
        in.setHeader("Subject", text.substring(0, line));
        in.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=UTF-8");
        in.setBody(text.substring(line + 1).stripLeading());
    }

    private static String address(Mail mail) {
        var address = new StringBuilder();
        address.append(mail.security() == Mail.Security.TLS ? "smtps" : "smtp")
                .append("://")
                .append(mail.host())
                .append(':')
                .append(mail.port())
                .append("?connectionTimeout=10000&mail.smtp.timeout=30000");
        if (mail.security() == Mail.Security.STARTTLS) {
            address.append("&mail.smtp.starttls.enable=true&mail.smtp.starttls.required=true");
        }
        if (!mail.user().isEmpty()) {
            address.append("&username=").append(raw(mail.user()));
            address.append("&password=").append(raw(mail.password()));
        }
        return address.toString();
    }

    private static String raw(String value) {
        return "RAW(" + URLEncoder.encode(value, StandardCharsets.UTF_8) + ")";
    }

    private boolean isWorthAnother(Exchange exchange) {
        return Retrying.isWorth(failure(exchange)) && tries(exchange) <= tries;
    }

    private void giveUp(Exchange exchange, Way way, String receiver) throws Exception {
        Exception failure = failure(exchange);
        if (isWorthAnother(exchange)) {
            // Camel gives up because it is being stopped. The file stays, for the next server.
            throw failure;
        }
        Path message = file(exchange);
        outbox.giveUp(message);
        measures.told(way, Told.GIVEN_UP);
        undelivered.accept(
                String.format(
                        Locale.ROOT,
                        "%s was not told %s: %s",
                        receiver,
                        message.getFileName(),
                        failure.getMessage()));
    }

    private static Exception failure(Exchange exchange) {
        @Nullable Exception failure =
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        return failure == null ? new IllegalStateException("unknown") : failure;
    }

    /** Camel's own count goes with the headers. */
    private static int tries(Exchange exchange) {
        Integer tries = exchange.getProperty("sluice-tries", Integer.class);
        return tries == null ? 0 : tries;
    }

    private static Path file(Exchange exchange) {
        Path file = exchange.getProperty("sluice-message", Path.class);
        if (file == null) {
            file = exchange.getMessage().getBody(File.class).toPath();
            exchange.setProperty("sluice-message", file);
        }
        return file;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
