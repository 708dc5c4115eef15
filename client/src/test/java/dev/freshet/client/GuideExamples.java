package dev.freshet.client;

import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.resume.FileIdStore;
import dev.freshet.client.retry.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** The examples of {@code docs/guide/client-java.md}, which a test holds against it. Never run. */
final class GuideExamples {

    private GuideExamples() {}

    interface Database {
        void save(StreamEvent.Message message);
    }

    interface Tokens {
        CompletableFuture<String> fresh();
    }

    static AutoCloseable callbacks() {
        StreamOptions options = StreamOptions.of(URI.create("http://localhost:8080/events/orders/42"));
        EventSource source = EventSource.open(options, message -> System.out.println(message.data()));
        return source;
    }

    static AutoCloseable blockingHandler(StreamOptions options, Database database, Executor executor) {
        EventSource source = EventSource.open(options, message -> database.save(message), executor);
        return source;
    }

    static void loop(StreamOptions options) {
        try (EventStream events = EventSource.read(options)) {
            events.messages().limit(10).forEach(message -> System.out.println(message.data()));
        }
    }

    static Flow.Publisher<StreamEvent> flow(StreamOptions options) {
        Flow.Publisher<StreamEvent> events = EventSource.publisher(options);
        return events;
    }

    static StreamOptions services(URI stream, Tokens tokens) {
        StreamOptions patient = StreamOptions.of(stream)
                .withToken(() -> tokens.fresh())
                .withHeader("X-Tenant", "acme")
                .withRetry(RetryPolicy.RESILIENT.withDelays(Duration.ofMillis(500), Duration.ofSeconds(20)))
                .withStallTimeout(Duration.ofSeconds(40))
                .withIdStore(new FileIdStore(Path.of("orders.id")));
        return patient;
    }

    static void publish() {
        try (Publisher publisher = Publisher.open(PublisherOptions.of(URI.create("http://localhost:8080")))) {
            CompletableFuture<String> id = publisher.publish(Publication.of("orders/42", "paid"));
            id.thenAccept(received -> System.out.println("in the log as " + received));
        }
    }
}
