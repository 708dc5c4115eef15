package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hubs that come back to their log. */
class RestartTest {
    @TempDir
    private Path directory;

    private DurableHub hub;

    @BeforeEach
    void open() throws IOException {
        hub = DurableHub.on(directory);
    }

    @AfterEach
    void close() {
        hub.close();
        assertThat(hub.observer.failures()).isEmpty();
    }

    @Test
    void goesOnAfterARestartWithTheSameEpoch() throws IOException {
        String first = hub.publish("a", "0");
        hub.publishNumbers("a", 1, 20);
        reopen();
        String next = hub.publish("a", "21");

        assertThat(next.split("-")[0]).isEqualTo(first.split("-")[0]);
        expect(hub.subscribe(to("a").after(first)), numbers(1, 21));
        expect(hub.subscribe(to("a").last(3)), numbers(19, 21));
        expect(hub.subscribe(to("a").last(15)), numbers(7, 21));
        assertThat(hub.observer.gaps()).isEmpty();
    }

    @Test
    void findsThePublishersIdAfterARestart() throws IOException {
        hub.publish(Publication.of(new Topic("a"), ServerSentEvent.of("0").withId("mine")));
        hub.publishNumbers("a", 1, 30);
        reopen();

        expect(hub.subscribe(to("a").after("mine")), numbers(1, 30));
    }

    @Test
    void honoursAnIdempotencyKeyAfterARestart() throws IOException {
        Batch batch =
                new Batch(List.of(Publication.of(new Topic("a"), ServerSentEvent.of("once"))), Optional.of("key"));
        List<String> first = hub.publish(batch);
        reopen();

        assertThat(hub.publish(batch)).isEqualTo(first);
        expect(hub.subscribe(to("a").since(Instant.EPOCH)), List.of("once"));
    }

    @Test
    void keepsTimesGoingForwardWhenTheClockWasSetBack() throws IOException {
        hub.clock.advance(Duration.ofHours(1));
        hub.publish("a", "0");
        Instant time = hub.clock.instant();
        reopen();
        hub.publish("a", "1");

        expect(hub.subscribe(to("a").since(time)), List.of("0", "1"));
        expect(hub.subscribe(to("a").since(time.plusMillis(1))), List.of());
    }

    @Test
    void keepsTextOfEveryKind() throws IOException {
        String data = "line\r\nand \u0000 NUL, \ud83d\ude00, ' \" \\ end\n";
        hub.publish(Publication.of(
                new Topic("a \u00e4\ud83d\ude00"),
                ServerSentEvent.of("type \u00e4", data).withRetryMs(7)));
        String before = hub.look(hub.subscribe(to("*").last(1)), RecordingSink::text);
        hub.publishNumbers("b", 1, 20);
        RecordingSink sink = hub.subscribe(to("a \u00e4\ud83d\ude00").since(Instant.EPOCH));
        await().until(() -> hub.look(sink, RecordingSink::text).equals(before));
        reopen();

        RecordingSink again = hub.subscribe(to("a \u00e4\ud83d\ude00").since(Instant.EPOCH));
        await().until(() -> hub.look(again, RecordingSink::text).equals(before));
    }

    private void reopen() throws IOException {
        hub.close();
        hub = DurableHub.on(directory);
    }

    private void expect(RecordingSink sink, List<String> data) {
        await().pollInterval(Duration.ofMillis(2))
                .until(() ->
                        hub.look(sink, RestartTest::isOpen) && hub.data(sink).size() >= data.size());
        assertThat(hub.data(sink)).isEqualTo(data);
    }

    private static boolean isOpen(RecordingSink sink) {
        return !sink.opening().isEmpty();
    }

    private static SubscriptionBuilder to(String... selectors) {
        return SubscriptionBuilder.to(selectors);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "" + i).toList();
    }
}
