package dev.sluice.app.serve;

import dev.sluice.app.access.OtherSite;
import dev.sluice.app.access.Principal;
import dev.sluice.app.access.Tokens;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * What every request passes first: who asks, by token or cookie; and no page of another site may
 * talk to a server without a token under a name of its own. Puts the principal into the header that
 * the parts behind it read, and removes what a client sent under that name.
 */
final class FrontDoor implements Handler<RoutingContext> {
    private static final String COOKIE = "sluice_token";
    private static final String LOGIN = "/login";
    private static final String LOGOUT = "/logout";

    /** What anybody may ask for, with all below those that end in a slash: it holds no runs. */
    private static final List<String> OPEN =
            List.of(
                    "/",
                    "/login",
                    "/submit",
                    "/runs",
                    "/runs/",
                    "/app/",
                    "/favicon.ico",
                    "/health/live",
                    "/health/ready",
                    "/metrics");

    private static final int LOGIN_BYTES = 4096;

    /** Of a server without logins. */
    private final String everybody;

    private final @Nullable Tokens tokens;

    /** By which proxies reach it, if any. */
    private final @Nullable String ownHost;

    /**
     * @param tokens null where whoever reaches the server may use it
     * @param publicUrl the name that a proxy before it goes by, if any
     */
    FrontDoor(String everybody, @Nullable Tokens tokens, @Nullable String publicUrl) {
        this.everybody = everybody;
        this.tokens = tokens;
        ownHost = publicUrl == null ? null : URI.create(publicUrl).getHost();
    }

    void mount(Router router) {
        router.route().handler(this);
        router.post(LOGIN)
                .handler(BodyHandler.create(false).setBodyLimit(LOGIN_BYTES))
                .handler(this::login);
        router.post(LOGOUT).handler(this::logout);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.headers().remove(Principal.HEADER);
        if (isOfAnotherSite(request)) {
            refuse(
                    context,
                    403,
                    "The request comes from a page of another site",
                    "a proxy has to hand on the Host that the browser asked for");
        } else if (tokens == null) {
            letIn(context);
        } else {
            letIn(context, tokens);
        }
    }

    private void letIn(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!goesByItsName(request)) {
            refuse(
                    context,
                    421,
                    "This server answers to its own address only",
                    "open it as localhost or 127.0.0.1; under other names it needs --token-file");
            return;
        }
        request.headers().set(Principal.HEADER, everybody);
        context.next();
    }

    private static void letIn(RoutingContext context, Tokens tokens) {
        HttpServerRequest request = context.request();
        Principal principal = principal(request, tokens);
        if (principal != null) {
            request.headers().set(Principal.HEADER, principal.name());
        } else if (!isOpen(context)) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            refuse(context, 401, "Who asks?", "send a token: SLUICE_TOKEN, or log in on the page");
            return;
        }
        context.next();
    }

    /**
     * Whether a page of another site made a browser send it: that page would steer runs with the
     * rights of whoever looks at it.
     */
    private static boolean isOfAnotherSite(HttpServerRequest request) {
        return OtherSite.changes(
                request.method().name(),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Host"));
    }

    /**
     * Another site's page can make a browser ask this server under a name that resolves to the
     * loopback address; the name then is that site's.
     */
    private boolean goesByItsName(HttpServerRequest request) {
        var authority = request.authority();
        if (authority == null) {
            // No browser leaves it out.
            return request.getHeader("Host") == null;
        }
        String host = authority.host().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]")
                || host.equals("::1")
                || host.equalsIgnoreCase(ownHost);
    }

    private static @Nullable Principal principal(HttpServerRequest request, Tokens tokens) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return tokens.ownerOf(header.substring(7).strip());
        }
        Cookie cookie = request.getCookie(COOKIE);
        return cookie == null ? null : tokens.ownerOf(cookie.getValue());
    }

    /**
     * The page's own files hold nothing secret: it shows the login itself. By the path as the
     * router reads it, so that no other spelling of a closed one is open.
     */
    private static boolean isOpen(RoutingContext context) {
        String path = context.normalizedPath();
        if (!OtherSite.isReading(context.request().method().name())) {
            return path.equals(LOGIN) || path.equals(LOGOUT);
        }
        return OPEN.stream()
                .anyMatch(
                        open ->
                                path.equals(open)
                                        || (open.length() > 1
                                                && open.endsWith("/")
                                                && path.startsWith(open)));
    }

    private void login(RoutingContext context) {
        String token = context.request().getFormAttribute("token");
        Principal principal =
                tokens == null || token == null ? null : tokens.ownerOf(token.strip());
        if (principal == null || token == null) {
            refuse(context, 401, "This token is not known", "ask whoever runs the server for one");
            return;
        }
        context.response().addCookie(cookie(context, token.strip())).setStatusCode(204).end();
    }

    private void logout(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0)).setStatusCode(204).end();
    }

    private static Cookie cookie(RoutingContext context, String value) {
        boolean secure =
                context.request().isSSL()
                        || "https".equals(context.request().getHeader("X-Forwarded-Proto"));
        return Cookie.cookie(COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }

    private static void refuse(RoutingContext context, int status, String title, String hint) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(ProblemText.of(status, title, hint, context.request().path()));
    }
}
