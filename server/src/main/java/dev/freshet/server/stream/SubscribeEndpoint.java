package dev.freshet.server.stream;

import dev.freshet.hub.Hub;
import dev.freshet.hub.access.AccessPolicy;
import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.fanout.Lane;
import dev.freshet.hub.fanout.Subscriber;
import dev.freshet.hub.fanout.SubscriberSink;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Handler;
import java.time.InstantSource;
import java.util.List;

/** Answers {@code GET /events/{topic...}} and {@code GET /events?topic=..} with a stream. Thread-safe. */
public final class SubscribeEndpoint {
    private static final Response HEAD = Response.empty(200)
            .with("Content-Type", "text/event-stream")
            .with("Cache-Control", "no-cache, no-transform")
            .with("X-Accel-Buffering", "no");

    private static final Response UNREADABLE = Problem.of(
                    503, "history-unavailable", "History unavailable", "log: cannot be read now (expected: try again)")
            .asException()
            .response()
            .with("Retry-After", "1");

    private final Hub hub;
    private final Authenticator authenticator;
    private final AccessPolicy policy;
    private final SubscribeRequestReader reader;

    /**
     * Creates the endpoint.
     *
     * @param hub the hub; its lanes have the numbers of the server's loops
     * @param authenticator finds out who asks
     * @param policy decides what they may read
     * @param clock what {@code since=PT10M} counts back from
     */
    public SubscribeEndpoint(Hub hub, Authenticator authenticator, AccessPolicy policy, InstantSource clock) {
        this.hub = hub;
        this.authenticator = authenticator;
        this.policy = policy;
        this.reader = new SubscribeRequestReader(clock);
    }

    /**
     * Returns what answers a request whose topics stand in the query alone.
     *
     * @return the handler
     */
    public Handler byQuery() {
        return exchange -> answer(exchange, List.of());
    }

    /**
     * Returns what answers a request that has a topic in its path, as the parameter {@code topic}.
     *
     * @return the handler
     */
    public Handler byPath() {
        return exchange -> answer(exchange, List.of(exchange.pathParameter("topic")));
    }

    private void answer(Exchange exchange, List<String> pathTopics) {
        Request request = exchange.request();
        ReadRights rights = policy.readRights(authenticator.authenticate(request));
        Subscription subscription = reader.read(request, pathTopics, rights);
        if (request.method().equals("HEAD")) {
            exchange.respond(HEAD);
        } else {
            open(exchange, subscription);
        }
    }

    private void open(Exchange exchange, Subscription subscription) {
        Lane lane = hub.lanes().get(exchange.loop().number());
        lane.subscribe(subscription, new Opening(exchange));
    }

    /** Answers with a stream once it is known where that begins. */
    private record Opening(Exchange exchange) implements SubscriberSink.Opener {
        @Override
        public SubscriberSink open(Subscriber subscriber, byte[] opening) {
            StreamSink sink = new StreamSink(subscriber);
            sink.attach(exchange.stream(HEAD, opening, sink));
            return sink;
        }

        @Override
        public void refuse(Throwable failure) {
            exchange.respond(UNREADABLE);
        }
    }
}
