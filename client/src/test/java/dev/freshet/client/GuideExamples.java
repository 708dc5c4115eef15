package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.publish.Submission;
import dev.freshet.client.resume.FileIdStore;
import dev.freshet.client.resume.IdStore;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.client.transport.HttpProxy;
import dev.freshet.client.transport.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;

/** The examples of {@code docs/guide/client-java.md}, which a test holds against it. Never run. */
final class GuideExamples {

    private GuideExamples() {}

    interface Database {
        void save(StreamEvent.Message message);

        String lastEventId(String stream) throws IOException;

        void setLastEventId(String stream, String id) throws IOException;
    }

    interface Tokens {
        CompletableFuture<String> fresh();
    }

    interface Program {
        void follow(URI stream);

        List<String> seen();
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
                .withRetry(
                        RetryPolicy.RESILIENT.alsoAfter(401).withDelays(Duration.ofMillis(500), Duration.ofSeconds(20)))
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

    static void end(EventSource source) {
        StreamEvent.Closed last = source.end().join();
        System.out.println("over: " + last.reason() + " " + last.status());
    }

    static StreamOptions post() {
        StreamOptions answer = StreamOptions.of(URI.create("https://models.example/v1/answers"))
                .withBody("POST", "application/json", "{\"question\":\"why?\",\"stream\":true}")
                .withRetry(RetryPolicy.RESILIENT.withMaxAttempts(20).withBudget(Duration.ofMinutes(10)));
        return answer;
    }

    static HttpTransport proxy(SSLContext sslContext, String password) {
        HttpProxy.Login login = new HttpProxy.Login("user", password);
        HttpTransport company = HttpTransport.standard()
                .withTls(sslContext)
                .withProxy(new HttpProxy("proxy.example", 3128, Optional.of(login)));
        return company;
    }

    static IdStore store(Database database) {
        IdStore inDatabase = new IdStore() {
            @Override
            public String load() throws IOException {
                return database.lastEventId("orders");
            }

            @Override
            public void store(String id) throws IOException {
                database.setLastEventId("orders", id);
            }
        };
        return inDatabase;
    }

    static void test(Program program) {
        Answer busy = Answer.status(503).header("Retry-After", "0");
        Answer cut = Answer.stream().send("id: 1\ndata: a\n\nid: 2\nda").cut();
        Answer rest = Answer.stream().send("id: 2\ndata: b\n\n");
        try (ScriptedEventServer server = ScriptedEventServer.start(busy, cut, rest)) {
            program.follow(server.uri());
            assertThat(program.seen()).containsExactly("a", "b");
            assertThat(server.requests().get(2).header("Last-Event-ID")).hasValue("1");
        }
    }

    /** A producer that never blocks. */
    abstract static class Producer {
        abstract void produceNext();

        void produce(Publisher publisher, List<Publication> batch) {
            Submission submission = publisher.offer(batch);
            submission.accepted().thenRun(this::produceNext);
            submission.ids().thenAccept(ids -> System.out.println("in the log as " + ids));
        }
    }
}
