package dev.freshet.log.sqlite;

import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.observe.GapReason;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of retention that remove from the middle of the log. */
class TopicRuleTest {
    @TempDir
    private Path directory;

    private Optional<DurableHub> hub = empty();

    @AfterEach
    void close() {
        hub.ifPresent(DurableHub::close);
        hub.ifPresent(closed -> assertThat(closed.observer.failures()).isEmpty());
    }

    @Test
    void keepsTheNewestOfEachTopicOfARule() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(2), empty()));
        String first = small.publish("orders/0", "first");
        for (int i = 0; i < 60; i++) {
            small.publish("orders/" + i % 3, "" + i);
            small.publish("other", "" + i);
        }
        small.settle(() -> small.info().events() == 6 + 60);

        RecordingSink order = small.subscribe(to("orders/1").since(Instant.EPOCH));
        await().until(() -> small.data(order).size() >= 3);
        assertThat(small.data(order))
                .hasSize(3)
                .endsWith("55", "58")
                .first()
                .asString()
                .contains("expired");
        RecordingSink other = small.subscribe(to("other").after(first));
        await().until(() -> small.data(other).size() >= 60);
        assertThat(small.data(other)).as("what no rule concerns has no gap").isEqualTo(numbers(0, 59));
    }

    /** The walk over the topics was timed by the time of day: set back by a day, rules rested for a day. */
    @Test
    void rulesGoOnWhenTheClockIsSetBack() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(1), empty()));
        small.publishNumbers("orders/1", 1, 30);
        small.settle(() -> small.info().events() == 1);
        small.setWallClock(Duration.ofDays(-1));
        small.publishNumbers("orders/1", 31, 60);

        small.settle(() -> small.info().events() == 1);
    }

    @Test
    void tellsOfWhatARuleRemovedAlsoAfterARestart() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(1), empty()));
        String first = small.publish("orders/1", "0");
        for (int i = 1; i <= 30; i++) {
            small.publish("orders/1", "" + i);
            small.publish("x", "-");
        }
        small.settle(() -> small.info().events() == 31);
        small.close();
        DurableHub again = open(Retention.FOR_EVER);

        RecordingSink sink = again.subscribe(to("orders/{id}").after(first));
        await().until(() -> again.data(sink).size() >= 2);
        assertThat(again.data(sink))
                .hasSize(2)
                .endsWith("30")
                .first()
                .asString()
                .contains("expired");
        assertThat(again.observer.gaps()).containsExactly(GapReason.EXPIRED);
    }

    @Test
    void anEventOfSeveralTopicsStaysUntilAllHaveLetItGo() throws IOException {
        DurableHub small = open(rule("short/{x}", OptionalInt.of(1), empty()));
        List<Topic> both = List.of(new Topic("short/1"), new Topic("long"));
        small.publish(new Publication(ServerSentEvent.of("both"), both, false));
        small.publishNumbers("short/1", 1, 30);
        small.settle(() -> small.info().events() == 2);

        RecordingSink sink = small.subscribe(to("long").since(Instant.EPOCH));
        await().until(() -> small.data(sink).equals(List.of("both")));
    }

    /** A subscriber that stopped reading while a rule removed what it had not been sent. */
    @Test
    void aReaderThatIsBehindIsToldOnceOfWhatARuleRemoved() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(1), empty()));
        RecordingSink sink = new RecordingSink(Framing.CHUNKED).takingInAll(500);
        small.subscribe(to("orders/1"), sink);
        small.publishNumbers("orders/1", 1, 300);
        small.publishNumbers("other", 1, 300);
        small.settle(() -> small.info().events() == 301);
        small.onLane(() -> {
            sink.takeAll();
            return null;
        });
        await().until(() -> small.data(sink).contains("300"));

        List<String> data = small.data(sink);
        int gap = data.size() - 2;
        assertThat(data.subList(0, gap)).isEqualTo(numbers(1, gap));
        assertThat(data.get(gap)).contains("\"reason\":\"slow\"");
        assertThat(small.observer.gaps()).containsExactly(GapReason.SLOW);
    }

    private DurableHub open(Retention retention) throws IOException {
        DurableHub opened = DurableHub.on(directory, retention);
        hub = Optional.of(opened);
        return opened;
    }

    private static Retention rule(String selector, OptionalInt last, Optional<Duration> maxAge) {
        return new Retention(
                empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(new TopicRule(TopicSelector.parse(selector), last, maxAge)));
    }

    private static SubscriptionBuilder to(String... selectors) {
        return SubscriptionBuilder.to(selectors);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "" + i).toList();
    }
}
