package dev.sluice.app.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers what a test tells it, one answer after the other. */
final class HandMade implements AutoCloseable {
    private final HttpServer http;
    private final Deque<Answer> answers = new ArrayDeque<>();

    /** Method, path and query of each request, without the URL that it was reached by. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final List<String> tokens = new CopyOnWriteArrayList<>();
    final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    /**
     * @param cut whether the answer breaks off behind the text
     */
    private record Answer(int status, String type, String text, boolean cut) {}

    HandMade() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    HandMade json(int status, String text) {
        return add(new Answer(status, "application/json", text, false));
    }

    HandMade problem(int status, String text) {
        return add(new Answer(status, "application/problem+json", text, false));
    }

    HandMade page(int status, String text) {
        return add(new Answer(status, "text/html", text, false));
    }

    /** The lines of a command, to their end. */
    HandMade says(String... lines) {
        return add(new Answer(200, "application/x-ndjson", String.join("\n", lines) + "\n", false));
    }

    /** The same, broken off in the middle of an answer. */
    HandMade cut(String... lines) {
        return add(new Answer(200, "application/x-ndjson", String.join("\n", lines) + "\n", true));
    }

    private synchronized HandMade add(Answer answer) {
        answers.add(answer);
        return this;
    }

    private synchronized Answer next() {
        Answer answer = answers.poll();
        return answer == null ? new Answer(500, "text/plain", "not prepared", false) : answer;
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(exchange.getRequestBody().readAllBytes());
        String uri = exchange.getRequestURI().toString();
        asked.add(exchange.getRequestMethod() + " " + uri.replaceFirst("[?&]server=.*$", ""));
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Answer answer = next();
        byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Sluice-Run", "20261124-100000-000");
        // A length that is never reached makes the client see that it was cut.
        exchange.sendResponseHeaders(answer.status(), bytes.length + (answer.cut() ? 100 : 0));
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
