package dev.sluice.app.rest;

import dev.sluice.app.access.Principal;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.attachment.Attachment;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.CamelFileDataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The routes of the API: one an operation, and one behind them all that says what there is not. A
 * route translates a request and an answer; it decides nothing.
 */
public final class RestRoutes extends RouteBuilder {
    private static final int NO_CONTENT = 204;

    /** Where there are no logins. */
    private static final String NOBODY_ELSE = "local";

    private final RestApi api;

    public RestRoutes(RestParts parts) {
        api = new RestApi(Operations.of(parts), parts.log());
    }

    @Override
    public void configure() {
        for (Operation operation : api.operations()) {
            from("platform-http:"
                            + RestApi.ROOT
                            + operation.path()
                            + "?httpMethodRestrict="
                            + operation.method())
                    .routeId("rest-" + operation.id())
                    .process(this::answer);
        }
        from("platform-http:" + RestApi.ROOT + "?matchOnUriPrefix=true")
                .routeId("rest-nothing")
                .process(this::answer);
    }

    private void answer(Exchange exchange) {
        Answer answer = answerTo(exchange);
        Message out = exchange.getMessage();
        out.removeHeaders("*");
        out.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (!answer.type().isEmpty()) {
            out.setHeader(Exchange.CONTENT_TYPE, answer.type());
        }
        for (var header : answer.headers().entrySet()) {
            out.setHeader(header.getKey(), header.getValue());
        }
        out.setHeader("X-Content-Type-Options", "nosniff");
        out.setBody(answer.status() == NO_CONTENT ? null : answer.body());
    }

    private Answer answerTo(Exchange exchange) {
        HttpServerRequest request = exchange.getIn(HttpMessage.class).getRequest();
        Answer refused = CrossSite.refused(request);
        if (refused != null) {
            return refused;
        }
        try {
            return api.answer(call(exchange, request));
        } catch (RuntimeException bug) {
            return api.bug(bug, request.method().name(), path(request));
        }
    }

    private static RestApi.Call call(Exchange exchange, HttpServerRequest request) {
        String principal = request.getHeader(Principal.HEADER);
        return new RestApi.Call(
                new Principal(principal == null ? NOBODY_ELSE : principal),
                request.method().name(),
                path(request),
                request.query(),
                body(exchange),
                parts(exchange, request.formAttributes()));
    }

    /** As it was sent, without what stands behind the question mark. */
    static String path(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "/" : path;
    }

    /** Of a form only the parts count. */
    private static byte[] body(Exchange exchange) {
        Message in = exchange.getIn();
        byte[] body = in.getBody() instanceof Map ? null : in.getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    private static Parts parts(Exchange exchange, MultiMap form) {
        var texts = new LinkedHashMap<String, String>();
        form.forEach(texts::put);
        List<Parts.Upload> uploads = new ArrayList<>();
        Map<String, Attachment> attachments =
                exchange.getIn(AttachmentMessage.class).getAttachmentObjects();
        if (attachments != null) {
            attachments.forEach((name, attachment) -> uploads.add(upload(name, attachment)));
        }
        return new Parts(texts, uploads);
    }

    private static Parts.Upload upload(String part, Attachment attachment) {
        if (attachment.getDataHandler().getDataSource() instanceof CamelFileDataSource source) {
            return new Parts.Upload(part, source.getName(), source.getFile().toPath());
        }
        throw new IllegalStateException("an upload that is no file");
    }
}
