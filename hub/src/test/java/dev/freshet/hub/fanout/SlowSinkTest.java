package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.HubConfig;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowSinkTest extends HubCase {
    @ParameterizedTest
    @EnumSource(Framing.class)
    void losesNothingWhereverItsSinkStopsInASweep(Framing framing) {
        for (int cut = 0; cut <= 160; cut++) {
            hub = TestHub.start();
            RecordingSink sink = subscribe(to("a").framed(framing), new RecordingSink(framing).takingInAll(cut));
            RecordingSink other = subscribe(to("a").framed(framing));
            hub.publish("a", "1");
            hub.publish("b", "-");
            hub.publish("a", "2\n2");
            publish("a", "3", "4");
            publish("a", "5");
            assertThat(other.data()).containsExactly("1", "2\n2", "3", "4", "5");
            sink.takeAll();
            hub.run();
            publish("a", "6");

            assertThat(sink.bytes()).describedAs("cut at %d", cut).isEqualTo(other.bytes());
            assertThat(sink.isBetweenEvents()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void losesNothingWhereverItsSinkStopsInCatchUp(Framing framing) {
        for (int cut = 0; cut <= 160; cut++) {
            hub = TestHub.start();
            publish("a", "1", "2\n2");
            publish("b", "-");
            publish("a", "3", "4", "5");
            RecordingSink sink =
                    subscribe(to("a").framed(framing).last(100), new RecordingSink(framing).takingInAll(cut));
            RecordingSink other = subscribe(to("a").framed(framing).last(100));
            publish("a", "6");
            sink.takeAll();
            hub.run();

            assertThat(other.data()).hasSize(6);
            assertThat(sink.bytes()).describedAs("cut at %d", cut).isEqualTo(other.bytes());
        }
    }

    @Test
    void losesNothingWhenItsSinkTakesFewBytesAtATime() {
        for (int perWrite = 1; perWrite <= 40; perWrite++) {
            hub = TestHub.start();
            RecordingSink sink = subscribe(to("a"), chunked().takingPerWrite(perWrite));
            for (int i = 1; i <= 20; i++) {
                publish("a", "" + i);
                sink.drain();
                hub.run();
            }
            while (sink.drain()) {
                hub.run();
            }
            assertThat(sink.data()).describedAs("%d bytes a write", perWrite).isEqualTo(numbers(1, 20));
        }
    }

    @Test
    void keepsACursorAndTheRestOfOneEvent() {
        RecordingSink sink = subscribe(to("a"), chunked().takingInAll(7));
        publishNumbers("a", 1, 50);

        Subscriber subscriber = sink.subscriber();
        assertThat(subscriber.state()).isEqualTo(Subscriber.State.BLOCKED);
        assertThat(subscriber.rest()).hasSize(chunk("id: test-1\ndata: 1\n\n").length() - 7);
        assertThat(subscriber.next()).isEqualTo(2);
        sink.takeAll();
        hub.run();
        assertThat(subscriber.rest()).isNull();
        assertThat(subscriber.state()).isEqualTo(Subscriber.State.LIVE);
        assertThat(sink.data()).isEqualTo(numbers(1, 50));
    }

    @Test
    void isOfferedNothingUntilItsSinkCanTakeMore() {
        RecordingSink sink = subscribe(to("a"), chunked().block());
        publish("a", "1");
        assertThat(sink.writes()).isEqualTo(1);
        publishNumbers("a", 2, 20);

        assertThat(sink.writes()).isEqualTo(1);
        assertThat(hub.observer().behind()).isEqualTo(1);
    }

    @Test
    void catchesUpInBoundedPortions() {
        LaneOptions options = new LaneOptions(
                LaneOptions.DEFAULT.heartbeat(),
                LaneOptions.DEFAULT.retry(),
                LaneOptions.DEFAULT.slice(),
                LaneOptions.DEFAULT.maxRest(),
                1 << 20,
                500);
        hub = TestHub.start(new HubConfig(WindowLimits.DEFAULT, options), 1);
        publishNumbers("a", 1, 200);
        RecordingSink sink = subscribe(to("a").last(200));

        assertThat(sink.data()).isEqualTo(numbers(1, 200));
        assertThat(sink.writes()).isBetween(200 * 20 / 550, 200 * 30 / 400);
    }

    @Test
    void seesEventsInOrderAlthoughSomeComeWhileItCatchesUp() {
        hub = hubWithTinySlices(WindowLimits.DEFAULT, 100, 60);
        for (int i = 1; i <= 50; i++) {
            hub.publish("a", "" + i);
        }
        hub.run();
        RecordingSink sink = hub.subscribe(to("a").last(100));
        for (int i = 51; i <= 100; i++) {
            hub.publish("a", "" + i);
            hub.executor(0).runOne();
        }
        hub.run();

        assertThat(sink.data()).isEqualTo(numbers(1, 100));
    }

    @Test
    void leavesTheBufferInWhateverStateAndHarmsNobody() {
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RecordingSink sink = chunked();
            sinks.add(i % 2 == 0 ? sink.takingPerWrite(i) : sink);
        }
        sinks.forEach(sink -> hub.subscribe(0, to("a"), sink));
        hub.run();
        publish("a", "1");
        publish("a", "22", "333");
        while (sinks.stream()
                        .filter(RecordingSink::isWaiting)
                        .peek(RecordingSink::takeAll)
                        .count()
                > 0) {
            hub.run();
        }

        assertThat(sinks).allSatisfy(sink -> assertThat(sink.data()).containsExactly("1", "22", "333"));
    }

    @Test
    void aLargeEventGoesThroughANarrowSink() {
        RecordingSink sink = subscribe(to("a"), chunked().takingPerWrite(1000));
        String large = "0123456789".repeat(2000);
        publish("a", large, "2");
        while (sink.drain()) {
            hub.run();
        }

        assertThat(sink.data()).containsExactly(large, "2");
    }
}
