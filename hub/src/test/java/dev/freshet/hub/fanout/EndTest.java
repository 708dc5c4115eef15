package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.EventStreamParser;
import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.HubConfig;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndTest extends HubCase {
    private static final Duration SPREAD = Duration.ofSeconds(5);

    @Test
    void asksEachClientToComeBackAtATimeOfItsOwn() {
        List<RecordingSink> sinks = IntStream.range(0, 50)
                .mapToObj(i -> subscribe(i % 2 == 0 ? to("a") : to("a").plain()))
                .toList();
        close();

        HashSet<Long> retries = new HashSet<>();
        for (RecordingSink sink : sinks) {
            assertThat(sink.isEnded()).isTrue();
            assertThat(sink.isBetweenEvents()).isTrue();
            retries.addAll(retries(sink));
        }
        assertThat(retries)
                .hasSizeGreaterThan(40)
                .allSatisfy(retry -> assertThat(retry).isBetween(2000L, 7000L));
        assertThat(hub.observer().ends()).hasSize(50).containsOnly(EndReason.SHUTDOWN);
    }

    @Test
    void sendsFirstWhatIsInTheLog() {
        RecordingSink sink = subscribe(to("a"));
        hub.publish("a", "1");
        hub.publish("a", "2");
        close();

        assertThat(sink.data()).containsExactly("1", "2");
        assertThat(sink.isEnded()).isTrue();
    }

    @Test
    void sendsWhatNeedsSeveralPortions() {
        LaneOptions options = new LaneOptions(
                LaneOptions.DEFAULT.heartbeat(),
                LaneOptions.DEFAULT.retry(),
                LaneOptions.DEFAULT.slice(),
                LaneOptions.DEFAULT.maxRest(),
                1 << 20,
                100);
        hub = TestHub.start(new HubConfig(WindowLimits.DEFAULT, options), 1);
        publishNumbers("a", 1, 100);
        RecordingSink sink = hub.subscribe(to("a").last(100));
        close();

        assertThat(sink.data()).isEqualTo(numbers(1, 100));
    }

    @Test
    void cutsAStreamThatStandsInAnEvent() {
        RecordingSink cut = subscribe(to("a"), chunked().takingInAll(5));
        RecordingSink between = subscribe(to("a"), chunked().block());
        publish("a", "1");
        close();

        assertThat(cut.isAborted()).isTrue();
        assertThat(between.isEnded()).isTrue();
        assertThat(between.bytes()).isEmpty();
    }

    @Test
    void cutsAStreamThatDoesNotTakeTheLastWords() {
        RecordingSink half = subscribe(to("a"), chunked().takingInAll(5));
        RecordingSink none = subscribe(to("a"), chunked().block());
        RecordingSink gone = subscribe(to("a"), chunked().vanishingAfter(5));
        close();

        assertThat(half.isAborted()).isTrue();
        assertThat(none.isAborted() || none.isEnded()).isTrue();
        assertThat(gone.isGone()).isTrue();
        assertThat(gone.isEnded() || gone.isAborted()).isFalse();
    }

    @Test
    void toleratesASinkThatTellsItsEndLater() {
        RecordingSink live = subscribe(to("a"), chunked().tellingEndLater());
        RecordingSink behind = subscribe(to("a"), chunked().tellingEndLater().takingInAll(5));
        publish("a", "1");
        close();
        hub.pass(Duration.ofMinutes(1));
        behind.takeAll();
        hub.run();
        assertThat(live.isEnded()).isTrue();
        assertThat(behind.isAborted()).isTrue();
        assertThat(hub.lane(0).subscriberCount()).isEqualTo(2);

        live.close(EndReason.SHUTDOWN);
        behind.close(EndReason.SHUTDOWN);
        assertThat(hub.lane(0).subscriberCount()).isZero();
    }

    @Test
    void endsAtOnceWhoComesLater() {
        close();
        RecordingSink late = subscribe(to("a"));

        assertThat(late.isEnded()).isTrue();
        assertThat(hub.lane(0).subscriberCount()).isZero();
    }

    @Test
    void publishesNothingMore() {
        close();
        assertThat(hub.hub().isReady()).isFalse();
        assertThatThrownBy(() -> hub.publish("a", "1")).hasCauseInstanceOf(AppendRefusedException.class);
    }

    @Test
    void oneSinkThatEndsMayEndOthers() {
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sinks.add(subscribe(to("a"), chunked()));
        }
        hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new SubscriberSink() {
            @Override
            public int write(ByteBuffer bytes) {
                sinks.forEach(sink -> sink.close(EndReason.CLIENT_RESET));
                return bytes.remaining();
            }

            @Override
            public void end() {
                subscriber.onEnded(EndReason.ENDED);
            }

            @Override
            public void abort() {
                subscriber.onEnded(EndReason.ENDED);
            }
        });
        hub.run();
        close();

        assertThat(sinks).allMatch(RecordingSink::isGone);
        assertThat(hub.lane(0).subscriberCount()).isZero();
    }

    @Test
    void oneSubscriberIsEndedAlone() {
        RecordingSink one = subscribe(to("a").announced());
        RecordingSink other = subscribe(to("a").announced());
        hub.lane(0).find(one.subscriber().id().orElseThrow()).orElseThrow().end();
        publish("a", "1");

        assertThat(one.isEnded()).isTrue();
        assertThat(one.data()).hasSize(1);
        assertThat(other.data()).endsWith("1");
    }

    @Test
    void nothingIsSentBehindTheEnd() {
        RecordingSink live = subscribe(to("a").announced(), chunked().tellingEndLater());
        RecordingSink ready = hub.subscribe(0, to("a").last(1), chunked().tellingEndLater());
        RecordingSink blocked = subscribe(to("a"), chunked().tellingEndLater().block());
        publish("a", "1");
        for (RecordingSink sink : List.of(live, ready, blocked)) {
            sink.subscriber().end();
            sink.subscriber().end();
        }
        publish("a", "2");
        publish("$subscriber/" + live.subscriber().id().orElseThrow(), "3");
        hub.pass(Duration.ofSeconds(20));
        blocked.takeAll();
        close();

        assertThat(live.data()).hasSize(2).endsWith("1");
        assertThat(blocked.bytes()).isEmpty();
        assertThat(hub.lane(0).subscriberCount()).isEqualTo(3);
    }

    @Test
    void anEndIsToldOnce() {
        RecordingSink sink = subscribe(to("a"));
        sink.subscriber().onEnded(EndReason.CLIENT_CLOSED);
        sink.subscriber().onEnded(EndReason.IO_ERROR);
        sink.subscriber().onWritable();
        sink.close(EndReason.FAILURE);

        assertThat(hub.observer().ends()).containsExactly(EndReason.CLIENT_CLOSED);
    }

    @Test
    void aSinkMayCloseFromInsideAWrite() {
        for (int at = 1; at < 60; at++) {
            hub = TestHub.start();
            List<RecordingSink> sinks = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                sinks.add(subscribe(to("a"), i % 3 == 1 ? chunked().vanishingAfter(at) : chunked()));
            }
            publish("a", "1");
            publish("a", "2");
            publish("a", "3");

            assertThat(sinks.get(1).isGone()).isTrue();
            assertThat(sinks.get(4).isGone()).isTrue();
            for (int i : new int[] {0, 2, 3, 5, 6}) {
                assertThat(sinks.get(i).data()).containsExactly("1", "2", "3");
            }
            assertThat(hub.lane(0).subscriberCount()).isEqualTo(5);
        }
    }

    @Test
    void everyLaneIsEnded() {
        hub = TestHub.start(HubConfig.DEFAULT, 3);
        List<RecordingSink> sinks = IntStream.range(0, 3)
                .mapToObj(lane -> hub.subscribe(lane, to("a")))
                .toList();
        hub.run();
        close();

        assertThat(sinks).allMatch(RecordingSink::isEnded);
    }

    private void close() {
        CompletableFuture<Void> closed = hub.hub().close(SPREAD);
        hub.run();
        assertThat(closed).isCompleted();
    }

    private static List<Long> retries(RecordingSink sink) {
        List<Long> found = new ArrayList<>();
        byte[] text = sink.text().getBytes(StandardCharsets.UTF_8);
        new EventStreamParser(new EventStreamParser.Handler() {
                    @Override
                    public void onEvent(ServerSentEvent event) {}

                    @Override
                    public void onRetry(long retryMs) {
                        found.add(retryMs);
                    }
                })
                .feed(text, 0, text.length);
        assertThat(found).hasSize(1);
        return found;
    }
}
