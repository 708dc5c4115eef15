package dev.freshet.server.guard;

import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Loop;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamListener;

/**
 * An exchange whose answer, whatever it is, carries more header fields.
 *
 * @param inner the exchange
 * @param marks the fields
 */
record MarkedExchange(Exchange inner, Headers marks) implements Exchange {
    @Override
    public Request request() {
        return inner.request();
    }

    @Override
    public String pathParameter(String name) {
        return inner.pathParameter(name);
    }

    @Override
    public Loop loop() {
        return inner.loop();
    }

    @Override
    public void respond(Response response) {
        inner.respond(response.with(marks));
    }

    @Override
    public ByteStream stream(Response head, byte[] opening, StreamListener listener) {
        return inner.stream(head.with(marks), opening, listener);
    }
}
