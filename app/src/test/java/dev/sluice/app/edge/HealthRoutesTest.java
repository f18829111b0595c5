package dev.sluice.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.measure.Measures;

import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

final class HealthRoutesTest {
    @Test
    void healthAndFiguresAreServed() throws Exception {
        var ready = new AtomicBoolean();
        var configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost("127.0.0.1");
        configuration.setBindPort(0);
        var server = new VertxPlatformHttpServer(configuration);
        try (var measures = new Measures(() -> Map.of("running", 3));
                var _ = new StartedCamel(new HealthRoutes(ready::get, measures), server)) {
            String url = "http://127.0.0.1:" + server.getServer().actualPort();
            assertThat(get(url + "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(url + "/health/ready").statusCode()).isEqualTo(503);
            ready.set(true);
            assertThat(get(url + "/health/ready").body()).isEqualTo("ready\n");
            HttpResponse<String> figures = get(url + "/metrics");
            assertThat(figures.body())
                    .contains("# HELP sluice_jobs ", "sluice_runs{state=\"running\"} 3.0");
            assertThat(figures.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
