package dev.sluice.app.edge;

import dev.sluice.app.measure.Measures;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

import java.util.function.BooleanSupplier;

/** Health for those who look after processes, and the figures for Prometheus. Need no login. */
public final class HealthRoutes extends RouteBuilder {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final BooleanSupplier isReady;
    private final Measures measures;

    /**
     * @param isReady whether submissions are taken and all runs of the last life are looked after
     */
    public HealthRoutes(BooleanSupplier isReady, Measures measures) {
        this.isReady = isReady;
        this.measures = measures;
    }

    @Override
    public void configure() {
        from("platform-http:/health/live?httpMethodRestrict=GET")
                .routeId("health-live")
                .process(exchange -> answer(exchange, 200, TEXT, "live\n"));
        from("platform-http:/health/ready?httpMethodRestrict=GET")
                .routeId("health-ready")
                .process(this::ready);
        from("platform-http:/metrics?httpMethodRestrict=GET")
                .routeId("metrics")
                .process(
                        exchange ->
                                answer(
                                        exchange,
                                        200,
                                        "text/plain; version=0.0.4; charset=utf-8",
                                        measures.scrape()));
    }

    private void ready(Exchange exchange) {
        boolean ready = isReady.getAsBoolean();
        answer(exchange, ready ? 200 : 503, TEXT, ready ? "ready\n" : "not ready yet\n");
    }

    private static void answer(Exchange exchange, int status, String type, String body) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(body);
    }
}
