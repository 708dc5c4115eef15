package dev.freshet.server.publish;

import dev.freshet.hub.Hub;
import dev.freshet.hub.access.AccessPolicy;
import dev.freshet.hub.access.Principal;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.InvalidPublicationException;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.topic.Topic;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.BodyLimit;
import dev.freshet.server.http.route.Handler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers {@code POST /events/{topic...}} and {@code POST /events}. Thread-safe.
 *
 * <p>A usual publish is read, checked and appended on the connection's lane. A large batch takes a lane's time for many sweeps
 * (16 MiB: 0.2 s), so it is read and appended on a thread of the endpoint's own.
 */
public final class PublishEndpoint {
    private static final int MAX_BYTES_ON_LANE = 256 << 10;

    private final Hub hub;
    private final Authenticator authenticator;
    private final AccessPolicy policy;
    private final Function<Throwable, Response> refusal;
    /**
     * Its one thread begins when it is needed, and ends when there was nothing to do for a while. The log in memory has one of the
     * same kind, but not this one: there the writer of all would wait behind the reading of a batch.
     */
    private final Executor large =
            new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PublishEndpoint::thread);

    /**
     * Creates the endpoint.
     *
     * @param hub where events are published
     * @param authenticator finds out who asks
     * @param policy decides what they may publish
     * @param refusal makes an answer of what was thrown
     */
    public PublishEndpoint(
            Hub hub, Authenticator authenticator, AccessPolicy policy, Function<Throwable, Response> refusal) {
        this.hub = hub;
        this.authenticator = authenticator;
        this.policy = policy;
        this.refusal = refusal;
    }

    /**
     * Returns what answers a request whose body is the data of one event, with a topic in its path as the parameter
     * {@code topic}.
     *
     * @return the handler
     */
    public Handler raw() {
        return exchange -> {
            Principal principal = authenticator.authenticate(exchange.request());
            Publication publication = RawReader.read(exchange.request(), exchange.pathParameter("topic"));
            publish(exchange, principal, List.of(publication), PublishEndpoint::idOf);
        };
    }

    /**
     * Returns what answers a request whose body says all: JSON, a form, or a batch of lines.
     *
     * @return the handler
     */
    public Handler described() {
        return exchange -> {
            Request request = exchange.request();
            requireNoQuery(request);
            Format format = Format.of(request.headers().mediaType().orElse(""));
            Principal principal = authenticator.authenticate(request);
            if (request.body().length > MAX_BYTES_ON_LANE) {
                large.execute(() -> publishElsewhere(exchange, principal, format));
            } else {
                publish(exchange, principal, format);
            }
        };
    }

    private void publishElsewhere(Exchange exchange, Principal principal, Format format) {
        try {
            publish(exchange, principal, format);
        } catch (RuntimeException | OutOfMemoryError e) {
            exchange.respond(refusal.apply(e));
        }
    }

    private void publish(Exchange exchange, Principal principal, Format format) {
        List<Publication> publications = format.read(exchange.request().body());
        boolean isBatch = format == Format.NDJSON;
        publish(exchange, principal, publications, isBatch ? PublishEndpoint::idsOf : PublishEndpoint::idOf);
    }

    /**
     * Returns how large the body of a described request may be.
     *
     * @param maxBodyBytes for one event
     * @param maxBatchBytes for a batch
     * @return the limit, which refuses other formats with 415
     */
    public static BodyLimit describedLimit(long maxBodyBytes, long maxBatchBytes) {
        return mediaType -> Format.of(mediaType) == Format.NDJSON ? maxBatchBytes : maxBodyBytes;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The last stage answers; nothing waits for it.
    private void publish(
            Exchange exchange,
            Principal principal,
            List<Publication> publications,
            Function<Receipt, Response> answer) {
        for (Publication publication : publications) {
            publication.topics().forEach(topic -> requireAllowed(principal, topic));
        }
        Optional<String> key = exchange.request().headers().first("Idempotency-Key");
        hub.publish(new Batch(publications, key))
                .whenComplete((receipt, failure) ->
                        exchange.respond(failure == null ? answer.apply(receipt) : refusal.apply(failure)));
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "freshet-large-publishes");
        thread.setDaemon(true);
        return thread;
    }

    private static void requireNoQuery(Request request) {
        request.target().query().keySet().stream().findFirst().ifPresent(name -> {
            throw new InvalidPublicationException(
                    name + ": in the query (expected: in the body; the query counts for /events/TOPIC alone)");
        });
    }

    private void requireAllowed(Principal principal, Topic topic) {
        if (!policy.mayPublish(principal, topic)) {
            String detail = "topic: " + topic + " (expected: a topic that " + principal.subject() + " may publish to)";
            throw Problem.of(403, "forbidden", "Forbidden", detail).asException();
        }
    }

    private static Response idOf(Receipt receipt) {
        return Response.json(200, "{\"id\":" + Json.quoted(receipt.ids().get(0)) + "}");
    }

    private static Response idsOf(Receipt receipt) {
        String ids = receipt.ids().stream().map(Json::quoted).collect(Collectors.joining(","));
        return Response.json(200, "{\"ids\":[" + ids + "]}");
    }
}
