package dev.freshet.log.sqlite;

import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.Framing;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events whose publisher, or the log, has said how long they are needed. */
class TimeToLiveTest {
    @TempDir
    private Path directory;

    private Optional<DurableHub> hub = empty();

    @AfterEach
    void close() {
        hub.ifPresent(DurableHub::close);
        hub.ifPresent(closed -> assertThat(closed.observer.failures()).isEmpty());
    }

    @Test
    void removesEventsWhoseTimeIsOver() throws IOException {
        DurableHub small = open();
        for (int i = 0; i < 30; i++) {
            small.publish(new Publication(
                    ServerSentEvent.of("" + i), List.of(new Topic("a")), false, Optional.of(Duration.ofSeconds(10))));
        }
        small.publish("a", "stays");
        small.clock.advance(Duration.ofSeconds(10));
        small.settle(() -> small.info().events() == 1);

        RecordingSink sink = small.subscribe(to("a").since(Instant.EPOCH));
        await().until(() -> small.data(sink).equals(List.of("stays")));
        assertThat(small.observer.gaps()).isEmpty();
    }

    /** An id dies with its connection, but each message left its event and a topic of its own for ever. */
    @Test
    void messagesForSubscribersThatAreGoneAreGoneADayLater() throws IOException {
        DurableHub small = open();
        IntStream.range(0, 30)
                .forEach(i -> small.publish(Topic.ofSubscriber("gone" + i).name(), "hello"));
        List<Topic> both = List.of(Topic.ofSubscriber("x"), new Topic("a"));
        small.publish(new Publication(ServerSentEvent.of("for all"), both, false));
        small.clock.advance(Duration.ofHours(23));
        small.publish("a", "another");
        assertThat(small.info().events()).isEqualTo(32);
        small.clock.advance(Duration.ofHours(1));
        small.settle(() -> small.info().events() == 2);

        assertThat(small.info().topics()).isEqualTo(2);
    }

    @Test
    void aSubscriberThatIsBehindGetsItsOwnMessageHoursLater() throws IOException {
        DurableHub small = open();
        RecordingSink sink = new RecordingSink(Framing.CHUNKED);
        small.subscribe(to("a").announced(), sink);
        String own = small.look(sink, told -> told.subscriber().id().orElseThrow());
        small.look(sink, RecordingSink::block);
        small.publish("a", "1");
        small.publish(Topic.ofSubscriber(own).name(), "for you");
        small.publishNumbers("a", 2, 30);
        small.clock.advance(Duration.ofHours(23));
        small.look(sink, told -> {
            told.takeAll();
            return told;
        });

        await().until(() -> small.data(sink).contains("30"));
        assertThat(small.data(sink)).containsSubsequence("1", "for you", "2", "30");
    }

    private DurableHub open() throws IOException {
        DurableHub opened = DurableHub.on(directory);
        hub = Optional.of(opened);
        return opened;
    }

    private static SubscriptionBuilder to(String... selectors) {
        return SubscriptionBuilder.to(selectors);
    }
}
