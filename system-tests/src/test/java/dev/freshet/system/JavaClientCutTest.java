package dev.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.EventHandler;
import dev.freshet.client.EventSource;
import dev.freshet.client.EventStream;
import dev.freshet.client.StreamEvent;
import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Gap;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamEvent.Opened;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.PublishException;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.resume.FileIdStore;
import dev.freshet.client.retry.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client on a hub whose connections are cut, which forgets, and which starts anew. */
class JavaClientCutTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final RetryPolicy QUICK =
            RetryPolicy.RESILIENT.withDelays(RetryPolicy.SHORTEST, Duration.ofMillis(200));

    @TempDir
    private Path folder;

    @Test
    void everyEventComesOnceAlthoughTheSubscriberIsCut() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        List<Opened> opened = new CopyOnWriteArrayList<>();
        try (TestServer hub = new TestServer(Map.of("stream.retry", "100ms"));
                CuttingProxy proxy = new CuttingProxy(hub.uri());
                Publisher publisher = Publisher.open(PublisherOptions.of(hub.uri()));
                EventSource source = EventSource.open(options(proxy.uri()), recording(seen, opened))) {
            await().atMost(SOON).until(() -> opened.size() == 1);
            for (int round = 0; round < 5; round++) {
                publish(publisher, round * 100, 50);
                proxy.cut();
                publish(publisher, round * 100 + 50, 50);
                int before = opened.size();
                proxy.mend();
                await().atMost(SOON).until(() -> opened.size() > before);
            }
            await().atMost(SOON).until(() -> seen.size() >= 500);
            assertThat(seen).isEqualTo(numbers(0, 500));
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
        }
    }

    @Test
    void everyEventIsPublishedOnceAlthoughThePublisherIsCut() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        List<Opened> opened = new CopyOnWriteArrayList<>();
        PublisherOptions patient;
        try (TestServer hub = TestServer.start();
                CuttingProxy proxy = new CuttingProxy(hub.uri());
                EventSource source = EventSource.open(options(hub.uri()), recording(seen, opened))) {
            await().atMost(SOON).until(() -> opened.size() == 1);
            patient = PublisherOptions.of(proxy.uri()).withRetry(QUICK.withBudget(Duration.ofMinutes(1)));
            List<CompletableFuture<String>> receipts = new ArrayList<>();
            try (Publisher publisher = Publisher.open(patient)) {
                for (int i = 0; i < 500; i++) {
                    receipts.add(publisher.publish(Publication.of("numbers", String.valueOf(i))));
                    if (i % 50 == 25) {
                        receipts.get(i - 20).join();
                        proxy.cut();
                        proxy.mend();
                    }
                }
                receipts.forEach(CompletableFuture::join);
            }
            await().atMost(SOON).until(() -> seen.size() >= 500);
            assertThat(seen).isEqualTo(numbers(0, 500));
            assertThat(new HashSet<>(
                            receipts.stream().map(CompletableFuture::join).toList()))
                    .hasSize(500);
            assertThat(proxy.accepted()).as("connections, each after a cut").isGreaterThan(5);
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
        }
    }

    @Test
    void aBatchGetsAnIdForEachEventAndAProblemNamesItsLine() throws IOException {
        try (TestServer hub = TestServer.start();
                Publisher publisher = Publisher.open(PublisherOptions.of(hub.uri()))) {
            List<String> ids = publisher
                    .publishAll(List.of(Publication.of("numbers", "0"), Publication.of("numbers", "1\n2\r\n\"é✓\"")))
                    .join();
            assertThat(ids).hasSize(2).doesNotHaveDuplicates();
            assertThat(publisher.publishAll(List.of(Publication.of("numbers", "2"), Publication.of("{x}", "3"))))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(PublishException.class, failure -> {
                        PublishException.Problem problem = failure.problem().orElseThrow();
                        assertThat(problem.status()).isEqualTo(400);
                        assertThat(problem.type()).startsWith("https://freshet.dev/problems/");
                        assertThat(problem.line()).hasValue(2);
                    });
            try (EventStream stream = EventSource.read(options(hub.uri("?last=10")))) {
                assertThat(stream.messages().limit(2).map(Message::data)).containsExactly("0", "1\n2\n\"é✓\"");
            }
        }
    }

    @Test
    void whatTheHubForgotIsToldAsAGap() throws IOException {
        try (TestServer hub = new TestServer(Map.of("window.max-events", "10"));
                Publisher publisher = Publisher.open(PublisherOptions.of(hub.uri()))) {
            String first = publisher.publish(Publication.of("numbers", "0")).join();
            publish(publisher, 1, 50);
            try (EventStream stream = EventSource.read(options(hub.uri()).withInitialId(first))) {
                List<StreamEvent> events = stream.stream()
                        .filter(event -> event instanceof Gap || event instanceof Message)
                        .limit(2)
                        .toList();

                Gap gap = (Gap) events.get(0);
                assertThat(gap.reason()).isEqualTo("expired");
                assertThat(gap.requested()).hasValue(first);
                assertThat(gap.earliest()).hasValue(((Message) events.get(1)).lastEventId());
            }
        }
    }

    @Test
    void aHubThatStartsAnewIsFoundAgainAndTheIdInTheFileToldAsAGap() throws IOException {
        Path file = folder.resolve("id");
        List<StreamEvent> events = new CopyOnWriteArrayList<>();
        try (RestartingHub hub = new RestartingHub();
                EventStream stream = EventSource.read(options(hub.uri()).withIdStore(new FileIdStore(file)))) {
            Thread reader = new Thread(() -> stream.forEach(events::add));
            reader.setDaemon(true);
            reader.start();
            await().atMost(SOON).until(() -> !events.isEmpty());
            hub.publish("0");
            await().atMost(SOON).until(() -> messages(events).size() == 1);
            hub.restart();
            hub.publish("1");

            await().atMost(SOON).until(() -> messages(events).size() == 2);
            assertThat(messages(events)).containsExactly("0", "1");
            assertThat(events)
                    .anyMatch(event -> event instanceof Gap gap && gap.reason().equals("expired"));
            assertThat(events)
                    .anyMatch(event -> event instanceof Closed closed && closed.reason() == Closed.Reason.ENDED);
        }
    }

    private static StreamOptions options(URI hub) {
        URI stream = hub.resolve("/events/numbers"
                + Optional.ofNullable(hub.getQuery()).map(q -> "?" + q).orElse(""));
        return StreamOptions.of(stream).withRetry(QUICK);
    }

    private static void publish(Publisher publisher, int from, int count) {
        numbers(from, count)
                .forEach(number ->
                        publisher.publish(Publication.of("numbers", number)).join());
    }

    private static List<String> numbers(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(String::valueOf).toList();
    }

    private static List<String> messages(List<StreamEvent> events) {
        return events.stream()
                .filter(Message.class::isInstance)
                .map(event -> ((Message) event).data())
                .toList();
    }

    private static EventHandler recording(List<String> seen, List<Opened> opened) {
        return new EventHandler() {
            @Override
            public void onMessage(Message message) {
                seen.add(message.data());
            }

            @Override
            public void onOpened(Opened event) {
                opened.add(event);
            }
        };
    }

    /** A hub that can be stopped and started again at the same address, with an empty log. */
    private static final class RestartingHub implements AutoCloseable {
        private TestServer hub = TestServer.start();
        private final URI uri = hub.uri();

        RestartingHub() throws IOException {}

        URI uri() {
            return uri;
        }

        void publish(String data) {
            hub.publish("numbers", data);
        }

        void restart() throws IOException {
            hub.close();
            hub = new TestServer(Map.of("http.port", String.valueOf(uri.getPort())));
        }

        @Override
        public void close() {
            hub.close();
        }
    }
}
