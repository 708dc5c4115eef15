package dev.freshet.cli.subscribe;

import dev.freshet.cli.http.Answers;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.Outage;
import dev.freshet.cli.http.TlsTrouble;
import dev.freshet.codec.EventStreamParser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request and its stream. Used once, by one thread. */
final class Connection {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final HubUrl server;
    private final StreamBody stream;
    private final Runnable onOpen;
    private volatile boolean isOpen;

    Connection(HubUrl server, EventStreamParser parser, Printer printer, Runnable onOpen) {
        this.server = server;
        this.stream = new StreamBody(parser, printer);
        this.onOpen = onOpen;
    }

    /**
     * Blocks until the stream ends, or nothing comes for too long, the head included. A timeout of the request would not do:
     * newer JDKs apply it to the whole stream.
     */
    Ending run(HttpClient client, HttpRequest request, long maxIdleMs) throws InterruptedException {
        CompletableFuture<HttpResponse<Ending>> answer = client.sendAsync(request, this::body);
        while (true) {
            try {
                return answer.get(Math.max(1, maxIdleMs / 4), TimeUnit.MILLISECONDS)
                        .body();
            } catch (ExecutionException e) {
                return broken(e.getCause());
            } catch (TimeoutException e) {
                if (stream.endIfIdle(maxIdleMs)) {
                    answer.cancel(true);
                    return isOpen ? new Ending.Paused() : new Ending.Broken("no answer in time", 0);
                }
            }
        }
    }

    private Ending broken(@Nullable Throwable cause) {
        stream.abandon();
        if (!(cause instanceof IOException failure)) {
            return new Ending.Broken(String.valueOf(cause), 0);
        }
        return TlsTrouble.of(failure)
                .<Ending>map(trouble -> new Ending.Refused(server + ": " + trouble))
                .orElseGet(() -> new Ending.Broken(Outage.reason(failure), 0));
    }

    private BodySubscriber<Ending> body(ResponseInfo head) {
        int status = head.statusCode();
        String contentType = head.headers().firstValue("Content-Type").orElse("none");
        if (status == OK && contentType.startsWith("text/event-stream")) {
            isOpen = true;
            onOpen.run();
            return stream;
        }
        BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        return BodySubscribers.mapping(text, body -> withoutStream(head, contentType, body));
    }

    private Ending withoutStream(ResponseInfo head, String contentType, String body) {
        int status = head.statusCode();
        if (status == NO_CONTENT) {
            return new Ending.Finished();
        }
        if (Answers.isTemporary(status)) {
            return new Ending.Broken("answered " + status, Answers.retryAfterMs(head.headers()));
        }
        return new Ending.Refused(
                status == OK
                        ? server + ": Content-Type: " + contentType + " (expected: text/event-stream)"
                        : Answers.refusal(server, status, body));
    }
}
