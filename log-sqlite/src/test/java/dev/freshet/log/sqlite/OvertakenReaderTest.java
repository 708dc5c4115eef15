package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.GapReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slow subscribers whose events leave the window, or the log, before they have taken them. */
class OvertakenReaderTest {
    private static final String LARGE = "0123456789".repeat(2000);
    private static final Duration NOTHING = Duration.ZERO;

    @TempDir
    private Path directory;

    private Optional<DurableHub> open = Optional.empty();

    @AfterEach
    void close() {
        open.ifPresent(DurableHub::close);
    }

    @Test
    void getsTheEndOfALargeEventFromTheDisk() throws IOException {
        DurableHub hub = open(Retention.FOR_EVER);
        RecordingSink sink = new RecordingSink(Framing.CHUNKED).takingInAll(1000);
        hub.subscribe(to("a"), sink);
        hub.publish("a", LARGE);
        hub.publishNumbers("other", 1, 3 * DurableHub.WINDOW);
        hub.publish("a", "2");
        takeAll(hub, sink);

        await().until(() -> hub.data(sink).contains("2"));
        assertThat(hub.data(sink)).containsExactly(LARGE, "2");
    }

    @Test
    void isCutInALargeEventThatARuleRemoved() throws IOException {
        DurableHub hub = open(lastOne("orders/{id}"));
        RecordingSink sink = new RecordingSink(Framing.CHUNKED).takingInAll(1000);
        hub.subscribe(to("orders/1"), sink);
        hub.publish("orders/1", LARGE);
        hub.publish("orders/1", "2");
        hub.publishNumbers("other", 1, 3 * DurableHub.WINDOW);
        untilKept(hub, 1 + 3 * DurableHub.WINDOW);
        takeAll(hub, sink);

        await().until(() -> hub.look(sink, RecordingSink::isAborted));
        assertThat(hub.observer.ends()).containsExactly(EndReason.SLOW);
        assertThat(hub.data(sink)).isEmpty();
    }

    /** Nothing was missing when it came back, so it was told of nothing; then it fell behind the window. */
    @Test
    void isToldOfWhatARuleRemovedAlthoughItResumedWithinTheWindow() throws IOException {
        DurableHub hub = open(lastOne("orders/{id}"));
        String first = hub.publish("orders/1", "1");
        hub.publishNumbers("orders/1", 2, 6);
        untilKept(hub, 1);
        RecordingSink sink = new RecordingSink(Framing.CHUNKED).block();
        hub.subscribe(to("orders/1").after(first), sink);
        await().until(() -> hub.look(sink, RecordingSink::isWaiting));
        assertThat(hub.observer.gaps()).isEmpty();
        hub.publishNumbers("other", 1, 3 * DurableHub.WINDOW);
        takeAll(hub, sink);

        await().until(() -> hub.data(sink).contains("6"));
        assertThat(hub.data(sink)).hasSize(2).first().asString().contains("\"reason\":\"slow\"");
        assertThat(hub.observer.gaps()).containsExactly(GapReason.SLOW);
    }

    private DurableHub open(Retention retention) throws IOException {
        DurableHub hub = DurableHub.on(directory, retention);
        open = Optional.of(hub);
        return hub;
    }

    private static void takeAll(DurableHub hub, RecordingSink sink) {
        hub.onLane(() -> {
            sink.takeAll();
            return NOTHING;
        });
    }

    /** Rules are applied now and then, which the clock that stands still would put off. */
    private void untilKept(DurableHub hub, long events) {
        await().until(() -> {
            hub.clock.advance(Duration.ofSeconds(1));
            return LogFile.in(directory).info().events() == events;
        });
    }

    private static Retention lastOne(String selector) {
        TopicRule rule = new TopicRule(TopicSelector.parse(selector), OptionalInt.of(1), Optional.empty());
        return new Retention(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(rule));
    }

    private static SubscriptionBuilder to(String selector) {
        return SubscriptionBuilder.to(selector);
    }
}
