package dev.freshet.cli.publish;

import dev.freshet.cli.http.Answers;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.Outage;
import dev.freshet.cli.http.Query;
import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.cli.http.TlsTrouble;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Gets publications into a hub, each once: it tries again with the same idempotency key until the hub has answered.
 * Blocks its caller; confined to one thread.
 */
public final class Publisher {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final HubUrl server;
    private final Patience patience;
    private final Outage outage;
    private final HttpClient client;
    private final String keyPrefix = UUID.randomUUID() + "-";
    private long requests;

    /**
     * Creates a publisher, which connects when it is first used.
     *
     * @param server the hub
     * @param client what it connects with
     * @param patience how often it tries
     * @param outage told of failures that another attempt follows
     */
    public Publisher(HubUrl server, HttpClient client, Patience patience, Outage outage) {
        this.server = server;
        this.client = client;
        this.patience = patience;
        this.outage = outage;
    }

    /**
     * Publishes one event, under a key of its own.
     *
     * @param topics its topics, at least one
     * @param options what else is said of it
     * @param data its data, in UTF-8
     * @return the hub's answer, a JSON object
     * @throws RequestFailedException if the hub refused it, or the patience ended
     * @throws InterruptedException if the thread was interrupted; the event may be published or not
     */
    public String publish(List<String> topics, EventOptions options, byte[] data) throws InterruptedException {
        return publish(topics, options, data, nextKey());
    }

    /**
     * Publishes one event, unless the hub remembers its key.
     *
     * @param topics its topics, at least one
     * @param options what else is said of it
     * @param data its data, in UTF-8
     * @param key the idempotency key
     * @return the hub's answer, a JSON object
     * @throws RequestFailedException if the hub refused it, or the patience ended
     * @throws InterruptedException if the thread was interrupted; the event may be published or not
     */
    public String publish(List<String> topics, EventOptions options, byte[] data, String key)
            throws InterruptedException {
        Query query = options.query();
        topics.stream().skip(1).forEach(further -> query.with("topic", further));
        return send(server.topic(topics.get(0), query), "text/plain; charset=utf-8", data, key);
    }

    /**
     * Publishes a batch, whole and in order.
     *
     * @param lines JSON objects, one on each line, in UTF-8
     * @return the hub's answer, a JSON object
     * @throws RequestFailedException if the hub refused it, or the patience ended
     * @throws InterruptedException if the thread was interrupted; the batch may be published or not
     */
    public String publishBatch(byte[] lines) throws InterruptedException {
        return send(server.events(new Query()), "application/x-ndjson", lines, nextKey());
    }

    private String nextKey() {
        return keyPrefix + requests++;
    }

    private String send(URI uri, String contentType, byte[] body, String key) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", contentType)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return untilAnswered(request);
    }

    private String untilAnswered(HttpRequest request) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            Attempt attempt = attempt(request);
            if (attempt instanceof Attempt.Accepted accepted) {
                outage.onSuccess();
                return accepted.body();
            }
            waitAfter(failures, (Attempt.Failed) attempt);
        }
    }

    private void waitAfter(int failures, Attempt.Failed last) throws InterruptedException {
        if (patience.endsAfter(failures, last)) {
            fail(last.reason());
        }
        outage.onFailure(last.reason());
        Thread.sleep(patience.delayMs(failures, last));
    }

    private Attempt attempt(HttpRequest request) throws InterruptedException {
        try {
            return judge(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            TlsTrouble.of(e).ifPresent(this::fail);
            boolean isUnreachable = e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
            return new Attempt.Failed(Outage.reason(e), isUnreachable, 0);
        }
    }

    private void fail(String reason) {
        throw new RequestFailedException(server + ": " + reason);
    }

    private Attempt judge(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Attempt.Accepted(response.body());
        }
        String refusal = Answers.refusal(server, status, response.body());
        if (Answers.isTemporary(status)) {
            return new Attempt.Failed("answered " + status, false, Answers.retryAfterMs(response.headers()));
        }
        throw new RequestFailedException(refusal);
    }
}
