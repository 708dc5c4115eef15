package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.Cut;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A slow reader in the middle of an event that is much larger than what its sink takes. */
class LargeEventTest extends HubCase {
    private static final String LARGE = "0123456789".repeat(2000);

    private RecordingSink subscribeSlowly(String topic) {
        return subscribe(to(topic), chunked().takingPerWrite(1000));
    }

    private void drain(RecordingSink sink) {
        while (sink.drain()) {
            hub.run();
        }
    }

    @Test
    void holdsNoCopyOfIt() {
        RecordingSink sink = subscribeSlowly("a");
        publish("a", LARGE);

        assertThat(sink.subscriber().rest()).isNull();
        assertThat(sink.subscriber().sentBytes()).isEqualTo(1000);
        drain(sink);
        assertThat(sink.data()).containsExactly(LARGE);
    }

    @Test
    void holdsTheEndOfASmallOne() {
        RecordingSink sink = subscribeSlowly("a");
        String small = "x".repeat(Cut.MAX_COPY_BYTES);
        publish("a", small);

        assertThat(sink.subscriber().rest()).hasSizeBetween(Cut.MAX_COPY_BYTES - 1000, Cut.MAX_COPY_BYTES);
        drain(sink);
        assertThat(sink.data()).containsExactly(small);
    }

    @Test
    void getsItsEndBeforeAllThatCameMeanwhile() {
        RecordingSink sink = subscribeSlowly("a");
        publish("a", LARGE);
        publish("b", "of no interest");
        publish("a", "2", LARGE, "4");
        drain(sink);

        assertThat(sink.data()).containsExactly(LARGE, "2", LARGE, "4");
    }

    @Test
    void getsItsEndAlthoughItsTimeToLiveIsOver() {
        RecordingSink sink = subscribeSlowly("a");
        hub.publish(new Publication(
                ServerSentEvent.of(LARGE), List.of(new Topic("a")), false, Optional.of(Duration.ofSeconds(1))));
        hub.run();
        hub.clock().tick(Duration.ofSeconds(2));
        drain(sink);

        assertThat(sink.data()).containsExactly(LARGE);
    }

    @Test
    void isCutWhenItHasLeftTheLogAndIsToldOnItsReturn() {
        hub = TestHub.retaining(3);
        RecordingSink sink = subscribeSlowly("a");
        publish("a", LARGE);
        publishNumbers("a", 1, 4);
        drain(sink);

        assertThat(sink.isAborted()).isTrue();
        assertThat(sink.data()).isEmpty();
        assertThat(hub.observer().ends()).containsExactly(EndReason.SLOW);
        assertThat(types(subscribe(to("a").after("test-0")))).containsExactly("gap", "message", "message", "message");
    }

    @Test
    void isCutWhenTheHubEnds() {
        RecordingSink sink = subscribeSlowly("a");
        publish("a", LARGE);
        hub.hub().close(Duration.ZERO);
        hub.run();

        assertThat(sink.isAborted()).isTrue();
        assertThat(hub.observer().ends()).containsExactly(EndReason.SHUTDOWN);
    }
}
