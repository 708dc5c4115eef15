package dev.freshet.hub.fanout;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.HubConfig;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.testing.TestHub;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A test with a hub. When it is over, the hub must be in order, and empty once everybody has left. */
abstract class HubCase {
    static final Duration MILLISECOND = Duration.ofMillis(1);

    TestHub hub = TestHub.start();
    int expectedFailures;

    @AfterEach
    void leavesTheHubInOrder() {
        hub.clock().tick(Duration.ZERO);
        hub.run();
        Invariants.check(hub, expectedFailures);
        hub.sinks().forEach(sink -> sink.close(EndReason.CLIENT_CLOSED));
        hub.run();
        Invariants.check(hub, expectedFailures);
        hub.hub().lanes().forEach(Invariants::checkNothingIsLeft);
    }

    /** A hub whose lane looks at the clock as often as it can, and is out of time whenever it does. */
    static TestHub hubWithTinySlices(WindowLimits window, int maxSweepBytes, int maxPortionBytes) {
        LaneOptions options = new LaneOptions(
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofNanos(1),
                Duration.ZERO,
                maxSweepBytes,
                maxPortionBytes);
        TestHub made = TestHub.start(new HubConfig(window, options), 1);
        made.clock().tick(Duration.ofNanos(10));
        return made;
    }

    static SubscriptionBuilder to(String... selectors) {
        return SubscriptionBuilder.to(selectors);
    }

    RecordingSink subscribe(SubscriptionBuilder asked) {
        RecordingSink sink = hub.subscribe(asked);
        hub.run();
        return sink;
    }

    RecordingSink subscribe(SubscriptionBuilder asked, RecordingSink sink) {
        hub.subscribe(0, asked, sink);
        hub.run();
        return sink;
    }

    static RecordingSink chunked() {
        return new RecordingSink(Framing.CHUNKED);
    }

    void publish(String topic, String... data) {
        for (String each : data) {
            hub.publish(topic, each);
        }
        hub.run();
    }

    void publishNumbers(String topic, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> hub.publish(topic, "" + i));
        hub.run();
    }

    static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    static List<String> types(RecordingSink sink) {
        return sink.events().stream().map(ServerSentEvent::type).toList();
    }
}
