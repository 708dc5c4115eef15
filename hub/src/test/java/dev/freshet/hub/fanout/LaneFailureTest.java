package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a lane's streams when something breaks its promises. */
class LaneFailureTest extends HubCase {
    @Test
    void aLaneThatFailsCutsItsStreamsSoThatTheirClientsComeBack() {
        expectedFailures = 1;
        RecordingSink good = subscribe(to("a"));
        RecordingSink other = subscribe(to("b"));
        hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new BrokenSink(subscriber, false));
        hub.run();
        publish("a", "1");

        assertThat(hub.observer().failures()).singleElement().asString().contains("lane 0");
        assertThat(hub.lane(0).subscriberCount()).isZero();
        assertThat(List.of(good, other)).noneMatch(RecordingSink::isEnded);
        RecordingSink next = subscribe(to("a").after(TestHub.EPOCH + "-0"));
        publish("a", "2");
        assertThat(next.data()).containsExactly("1", "2");
    }

    /** Whoever stayed would miss what the lane forgot, and never be told. */
    @Test
    void aStreamThatCannotEvenBeCutDoesNotSaveTheOthers() {
        expectedFailures = 2;
        BrokenSink[] broken = new BrokenSink[1];
        hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> broken[0] = new BrokenSink(subscriber, true));
        List<RecordingSink> others = List.of(subscribe(to("a")), subscribe(to("a")), subscribe(to("b")));
        publish("a", "1");

        assertThat(others).allMatch(RecordingSink::isAborted);
        assertThat(hub.lane(0).subscriberCount()).isEqualTo(1);
        broken[0].subscriber().onEnded(EndReason.IO_ERROR);
    }

    @Test
    void everybodyIsEndedAlthoughOneSinkIsBroken() {
        expectedFailures = 1;
        hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new BrokenSink(subscriber, false));
        List<RecordingSink> others = List.of(subscribe(to("a")), subscribe(to("a")), subscribe(to("b")));
        hub.hub().close(Duration.ZERO);
        hub.run();

        assertThat(others).allMatch(RecordingSink::isGone);
        assertThat(hub.lane(0).subscriberCount()).isZero();
    }

    @Test
    void anOpenerThatThrowsLeavesNothingBehind() {
        assertThatThrownBy(() -> hub.lane(0).subscribe(to("a").announced().build(), (subscriber, opening) -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(hub.lane(0).subscriberCount()).isZero();
        assertThat(hub.lane(0).interests().isEmpty()).isTrue();
        assertThat(hub.observer().ends()).containsExactly(EndReason.FAILURE);
    }

    @Test
    void anOpenerThatFindsItsClientGoneLeavesNothingBehind() {
        RecordingSink sink = chunked();
        hub.lane(0).subscribe(to("a").last(5).build(), (subscriber, opening) -> {
            sink.open(subscriber, opening);
            sink.close(EndReason.CLIENT_RESET);
            return sink;
        });
        publish("a", "1");

        assertThat(hub.lane(0).subscriberCount()).isZero();
        assertThat(sink.writes()).isZero();
    }

    /** Breaks its promise never to throw. */
    private record BrokenSink(Subscriber subscriber, boolean throwsWhenCut) implements SubscriberSink {
        @Override
        public int write(ByteBuffer bytes) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void end() {
            abort();
        }

        @Override
        public void abort() {
            if (throwsWhenCut) {
                throw new IllegalStateException("cannot be cut");
            }
            subscriber.onEnded(EndReason.ENDED);
        }
    }
}
