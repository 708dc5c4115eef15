package dev.freshet.server.transport;

import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.BodyLimit;
import dev.freshet.server.http.route.Route;
import dev.freshet.server.http.route.Router;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.http.stream.StreamListener;
import dev.freshet.server.transport.loop.HttpLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a free port whose routes do what the tests need, and hand over what they got. */
final class TestServer implements AutoCloseable {
    static final HttpLimits LIMITS = new HttpLimits(
            4096,
            1000,
            1 << 20,
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(800),
            Duration.ofMillis(500));
    static final int MAX_BODY = 1000;
    /** More than half of what all bodies may take together. */
    static final int LARGE_BODY = 600_000;

    final BlockingQueue<Exchange> waiting = new LinkedBlockingQueue<>();
    final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final HttpServerTransport transport;
    private final boolean tls;

    TestServer(Wire wire) throws IOException {
        this(wire.options().withLimits(LIMITS));
    }

    TestServer(TransportOptions options) throws IOException {
        tls = options.tls().isPresent();
        transport = new HttpServerTransport(options);
        transport.start(new Router(routes()));
    }

    private List<Route> routes() {
        return List.of(
                Route.get("/hello", exchange -> exchange.respond(Response.text(200, "hello"))),
                Route.get(
                        "/query",
                        exchange -> exchange.respond(Response.text(
                                200, exchange.request().target().query().toString()))),
                Route.get("/echo-id", TestServer::echoId),
                Route.get(
                        "/name/{name...}",
                        exchange -> exchange.respond(Response.text(200, exchange.pathParameter("name")))),
                Route.get("/empty", exchange -> exchange.respond(Response.empty(204))),
                Route.get("/large", exchange -> exchange.respond(Response.text(200, "x".repeat(300_000)))),
                Route.get("/wait", waiting::add),
                Route.get("/boom", exchange -> {
                    throw new IllegalStateException("secret payload");
                }),
                Route.get("/problem", exchange -> {
                    throw new ProblemException(
                            Problem.of(503, "busy", "Busy", "log: full"), Headers.of("Retry-After", "7"));
                }),
                Route.post(
                        "/echo",
                        BodyLimit.of(MAX_BODY),
                        exchange -> exchange.respond(Response.of(
                                200,
                                "application/octet-stream",
                                exchange.request().body()))),
                Route.post(
                        "/measure",
                        BodyLimit.of(LARGE_BODY),
                        exchange -> exchange.respond(Response.text(
                                200, String.valueOf(exchange.request().body().length)))),
                Route.post("/json-only", TestServer::jsonOnly, exchange -> exchange.respond(Response.empty(204))),
                Route.get("/stream", exchange -> streams.add(new Stream(exchange))),
                Route.get("/stream-later", waiting::add),
                Route.get(
                        "/ended", exchange -> add(new Stream(exchange)).bytes().end()),
                Route.get(
                        "/aborted",
                        exchange -> add(new Stream(exchange)).bytes().abort()),
                Route.get("/stream-and-fail", exchange -> {
                    streams.add(new Stream(exchange));
                    throw new IllegalStateException("after the stream");
                }));
    }

    private Stream add(Stream stream) {
        streams.add(stream);
        return stream;
    }

    private static void echoId(Exchange exchange) {
        String id = exchange.request().headers().first("Last-Event-ID").orElse("none");
        exchange.respond(Response.text(200, id).with("Event-Id", id));
    }

    private static long jsonOnly(String mediaType) {
        if (!mediaType.equals("application/json")) {
            throw Problem.of(
                            415,
                            "media-type",
                            "Media type",
                            "Content-Type: " + mediaType + " (expected: application/json)")
                    .asException();
        }
        return MAX_BODY;
    }

    HttpServerTransport transport() {
        return transport;
    }

    int port() {
        return transport.port();
    }

    RawClient connect() throws IOException {
        return connect(0);
    }

    /** A client whose kernel keeps about so many bytes for it; 0 for as many as usual. */
    RawClient connect(int receiveBufferBytes) throws IOException {
        return tls
                ? RawClient.tls(port(), receiveBufferBytes, TestCertificate.INSTANCE.trusting())
                : RawClient.plain(port(), receiveBufferBytes);
    }

    /** The stream that the last request to /stream opened. */
    Stream stream() throws InterruptedException {
        Stream stream = streams.poll(20, TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("no stream was opened");
        }
        return stream;
    }

    Exchange exchange() throws InterruptedException {
        Exchange exchange = waiting.poll(20, TimeUnit.SECONDS);
        if (exchange == null) {
            throw new AssertionError("no request came");
        }
        return exchange;
    }

    @Override
    public void close() {
        transport.close(Duration.ZERO);
    }

    /** A stream and what was told of it. */
    static final class Stream implements StreamListener {
        final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();
        final AtomicInteger writables = new AtomicInteger();
        private final Exchange exchange;
        private final ByteStream bytes;
        private volatile Runnable onWritable = () -> {};
        private volatile Runnable onClosed = () -> {};

        Stream(Exchange exchange) {
            this.exchange = exchange;
            Response head = Response.empty(200).with("Content-Type", "text/event-stream");
            bytes = exchange.stream(head, ":\n\n".getBytes(StandardCharsets.UTF_8), this);
        }

        ByteStream bytes() {
            return bytes;
        }

        void afterMs(long delayMs, Runnable task) {
            onLoop(() -> exchange.loop().schedule(task, delayMs));
        }

        int loopNumber() {
            return exchange.loop().number();
        }

        /** Runs a task on the stream's loop. */
        void onLoop(Runnable task) {
            exchange.loop().execute(task);
        }

        void whenWritable(Runnable task) {
            onWritable = task;
        }

        void whenClosed(Runnable task) {
            onClosed = task;
        }

        StreamEnd end() throws InterruptedException {
            StreamEnd end = ends.poll(20, TimeUnit.SECONDS);
            if (end == null) {
                throw new AssertionError("the stream was not closed");
            }
            return end;
        }

        @Override
        public void onWritable() {
            writables.incrementAndGet();
            onWritable.run();
        }

        @Override
        public void onClosed(StreamEnd end) {
            onClosed.run();
            ends.add(end);
        }
    }
}
