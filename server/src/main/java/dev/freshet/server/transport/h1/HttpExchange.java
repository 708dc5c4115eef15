package dev.freshet.server.transport.h1;

import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Loop;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Match;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request of a connection and its one answer. */
final class HttpExchange implements Exchange {
    private final HttpConnection connection;
    private final Match match;
    private final AtomicBoolean answered = new AtomicBoolean();
    private Request request;
    private @Nullable ByteStream stream;

    HttpExchange(HttpConnection connection, Request head, Match match) {
        this.connection = connection;
        this.request = head;
        this.match = match;
    }

    /** The body is there. */
    void onBody(byte[] body) {
        request = request.withBody(body);
    }

    Match match() {
        return match;
    }

    /** Lets the handler answer; what it throws becomes the answer. */
    void run() {
        Failure.answering(this, match.handler());
    }

    boolean isAnswered() {
        return answered.get();
    }

    /** Breaks off what the handler began before it failed. */
    void abort() {
        if (stream != null) {
            stream.abort();
        }
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public String pathParameter(String name) {
        String value = match.parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException("path parameter: " + name + " (expected: "
                    + match.parameters().keySet() + ")");
        }
        return value;
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }

    @Override
    public void respond(Response response) {
        claim();
        if (loop().inLoop()) {
            connection.onAnswer(this, response);
        } else {
            loop().execute(() -> connection.onAnswer(this, response));
        }
    }

    @Override
    public ByteStream stream(Response head, byte[] opening, StreamListener listener) {
        assert loop().inLoop();
        if (request.method().equals("HEAD")) {
            throw new IllegalStateException("stream: asked for by HEAD (expected: respond with the head)");
        }
        claim();
        ByteStream opened = connection.onStream(request, head, opening, listener);
        stream = opened;
        return opened;
    }

    private void claim() {
        if (!answered.compareAndSet(false, true)) {
            throw new IllegalStateException("answer: the second to " + request + " (expected: one)");
        }
    }
}
