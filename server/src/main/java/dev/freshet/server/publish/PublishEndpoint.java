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
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers {@code POST /events/{topic...}} and {@code POST /events}. Thread-safe. */
public final class PublishEndpoint {
    private final Hub hub;
    private final Authenticator authenticator;
    private final AccessPolicy policy;
    private final Function<Throwable, Response> refusal;

    /**
     * Creates the endpoint.
     *
     * @param hub where events are published
     * @param authenticator finds out who asks
     * @param policy decides what they may publish
     * @param refusal makes an answer of the hub's refusal
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
            Publication publication = RawReader.read(exchange.request(), exchange.pathParameter("topic"));
            publish(exchange, List.of(publication), PublishEndpoint::idOf);
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
            List<Publication> publications = format.read(request.body());
            publish(exchange, publications, format == Format.NDJSON ? PublishEndpoint::idsOf : PublishEndpoint::idOf);
        };
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
    private void publish(Exchange exchange, List<Publication> publications, Function<Receipt, Response> answer) {
        Principal principal = authenticator.authenticate(exchange.request());
        for (Publication publication : publications) {
            publication.topics().forEach(topic -> requireAllowed(principal, topic));
        }
        Optional<String> key = exchange.request().headers().first("Idempotency-Key");
        hub.publish(new Batch(publications, key))
                .whenComplete((receipt, failure) ->
                        exchange.respond(failure == null ? answer.apply(receipt) : refusal.apply(failure)));
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
