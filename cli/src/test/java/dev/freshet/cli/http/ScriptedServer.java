package dev.freshet.cli.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each request with the next step of a script, and all further ones with the last. */
public final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Step> steps;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Seen> requests = Collections.synchronizedList(new ArrayList<>());

    public ScriptedServer(Step... steps) {
        this(0, steps);
    }

    public ScriptedServer(int port, Step... steps) {
        this.steps = List.of(steps);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** How one request is answered, after its body was read. */
    @FunctionalInterface
    public interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request as the server saw it. */
    public record Seen(String method, String uri, Headers headers, String body) {
        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    public HubUrl url() {
        return HubUrl.parse("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Seen> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    public static Step status(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Takes the request and says nothing. */
    public static Step hangUp() {
        return HttpExchange::close;
    }

    /** A stream that the server ends. */
    public static Step stream(String text) {
        return exchange -> {
            begin(exchange, text);
            exchange.getResponseBody().close();
        };
    }

    /** A stream whose connection breaks. */
    public static Step cutStream(String text) {
        return exchange -> {
            begin(exchange, text);
            throw new IOException("the server closes a connection whose handler fails");
        };
    }

    /** A stream that stays open and silent after its first bytes. */
    public static Step openStream(String text) {
        return exchange -> begin(exchange, text);
    }

    private static void begin(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Seen(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
        int step = Math.min(next.getAndIncrement(), steps.size() - 1);
        steps.get(step).answer(exchange);
    }
}
