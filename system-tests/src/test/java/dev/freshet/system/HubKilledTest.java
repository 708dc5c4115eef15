package dev.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.EventSource;
import dev.freshet.client.EventStream;
import dev.freshet.client.StreamEvent.Gap;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.resume.FileIdStore;
import dev.freshet.client.retry.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub dies by {@code kill -9}, again and again, while it is written to and read from; its log is a durable one. */
class HubKilledTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUNDS = 3;
    private static final int EVENTS_A_ROUND = 100;
    private static final RetryPolicy QUICK =
            RetryPolicy.RESILIENT.withDelays(RetryPolicy.SHORTEST, Duration.ofMillis(500));

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledForAClientThatComesBack() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (KillableHub hub = new KillableHub(folder.resolve("data"));
                Publisher publisher = Publisher.open(
                        PublisherOptions.of(hub.uri()).withRetry(QUICK.withBudget(Duration.ofMinutes(2))));
                EventSource source = EventSource.open(stream(hub), message -> seen.add(message.data()))) {
            await().atMost(SOON).until(() -> source.readyState() == EventSource.ReadyState.OPEN);
            List<CompletableFuture<String>> receipts = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < EVENTS_A_ROUND; i++) {
                    receipts.add(publisher.publish(Publication.of("numbers", String.valueOf(receipts.size()))));
                }
                receipts.get(receipts.size() - EVENTS_A_ROUND / 2).join();
                hub.kill();
                hub.start();
            }
            receipts.forEach(CompletableFuture::join);

            await().atMost(SOON).until(() -> seen.size() >= receipts.size());
            assertThat(seen).isEqualTo(numbers(0, ROUNDS * EVENTS_A_ROUND));
            assertThat(receipts.stream().map(CompletableFuture::join).distinct())
                    .hasSize(receipts.size());
        }
    }

    @Test
    void aProgramThatStartsAnewGoesOnWhereItWasOnAHubThatDidToo() {
        FileIdStore kept = new FileIdStore(folder.resolve("id"));
        try (KillableHub hub = new KillableHub(folder.resolve("data"));
                Publisher publisher =
                        Publisher.open(PublisherOptions.of(hub.uri()).withRetry(QUICK.withBudget(SOON)))) {
            StreamOptions options = stream(hub).withIdStore(kept);
            try (EventStream first = EventSource.read(options)) {
                first.iterator().next();
                publish(publisher, 0, 20);
                // The tenth is in the program's hands, but its handling did not end: it comes again.
                assertThat(data(first, 10)).isEqualTo(numbers(0, 10));
            }
            hub.kill();
            hub.start();
            publish(publisher, 20, 10);
            try (EventStream second = EventSource.read(options)) {
                assertThat(data(second, 21)).isEqualTo(numbers(9, 21));
            }
        }
    }

    private static List<String> data(EventStream stream, int count) {
        return stream.stream()
                .peek(event -> assertThat(event).isNotInstanceOf(Gap.class))
                .flatMap(event -> event instanceof Message message ? Stream.of(message.data()) : Stream.empty())
                .limit(count)
                .toList();
    }

    private static void publish(Publisher publisher, int from, int count) {
        numbers(from, count)
                .forEach(number ->
                        publisher.publish(Publication.of("numbers", number)).join());
    }

    private static List<String> numbers(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(String::valueOf).toList();
    }

    private static StreamOptions stream(KillableHub hub) {
        return StreamOptions.of(hub.uri().resolve("/events/numbers")).withRetry(QUICK);
    }

    /** A hub in a process of its own, which starts again at the same address and with the same log. */
    private static final class KillableHub implements AutoCloseable {
        private final Path data;
        private OutsideProgram program;
        private final URI uri;

        KillableHub(Path data) {
            this.data = data;
            program = run("0");
            uri = address(program);
        }

        URI uri() {
            return uri;
        }

        void kill() {
            program.kill();
        }

        void start() {
            program = run(String.valueOf(uri.getPort()));
            assertThat(address(program)).isEqualTo(uri);
        }

        @Override
        public void close() {
            program.close();
        }

        private OutsideProgram run(String port) {
            return OutsideProgram.start(OutsideProgram.freshet("serve", "--data", data.toString(), "--port", port)
                    .toArray(String[]::new));
        }

        private static URI address(OutsideProgram program) {
            await().atMost(SOON).until(() -> program.lines().stream().anyMatch(line -> line.contains("http://")));
            String greeting = program.lines().stream()
                    .filter(line -> line.contains("http://"))
                    .findFirst()
                    .orElseThrow();
            return URI.create(greeting.substring(greeting.indexOf("http://")));
        }
    }
}
