package dev.freshet.hub.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeartbeatTest extends HubCase {
    @Test
    void sendsACommentWhenNothingWasSentForTheInterval() {
        RecordingSink chunked = subscribe(to("a"));
        RecordingSink plain = subscribe(to("a").plain());
        hub.pass(Duration.ofMillis(14_900));
        assertThat(chunked.writes()).isZero();
        hub.pass(Duration.ofMillis(1_100));

        assertThat(new String(chunked.bytes(), UTF_8)).isEqualTo("3\r\n:\n\n\r\n");
        assertThat(new String(plain.bytes(), UTF_8)).isEqualTo(":\n\n");
        hub.pass(Duration.ofMillis(13_500));
        assertThat(chunked.heartbeats()).isEqualTo(1);
        hub.pass(Duration.ofSeconds(2));
        assertThat(chunked.heartbeats()).isEqualTo(2);
    }

    @Test
    void anInterestThatSentSomethingNeedsNone() {
        RecordingSink busy = subscribe(to("a"));
        RecordingSink quiet = subscribe(to("b"));
        for (int i = 0; i < 10; i++) {
            hub.pass(Duration.ofSeconds(5));
            publish("a", "" + i);
        }

        assertThat(busy.heartbeats()).isZero();
        assertThat(quiet.heartbeats()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void aCommentThatIsCutIsSentWholeBeforeTheNextEvent(Framing framing) {
        for (int cut = 0; cut < 10; cut++) {
            hub = TestHub.start();
            RecordingSink sink = subscribe(to("a").framed(framing), new RecordingSink(framing).takingInAll(cut));
            hub.pass(Duration.ofSeconds(16));
            publish("a", "1");
            sink.takeAll();
            hub.run();

            assertThat(sink.text()).isEqualTo(":\n\nid: test-1\ndata: 1\n\n");
        }
    }

    @Test
    void whoIsBehindIsLeftAlone() {
        RecordingSink sink = subscribe(to("a"), chunked().block());
        publish("a", "1");
        hub.pass(Duration.ofMinutes(2));

        assertThat(sink.writes()).isEqualTo(1);
    }

    /** The lane needs many runs to look through the window for all of them, and their turn comes late. */
    @Test
    void whoIsBehindAndWaitsForATurnGetsOne() {
        List<RecordingSink> sinks = readersOfSomethingRare(Framing.CHUNKED, Integer.MAX_VALUE);
        hub.clock().advance(Duration.ofSeconds(16));
        hub.run();

        assertThat(sinks).allSatisfy(sink -> {
            assertThat(sink.heartbeats()).isEqualTo(1);
            assertThat(sink.data()).containsExactly("rare");
        });
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void aCommentThatIsCutWhileItsReaderWaitsForATurnIsSentWhole(Framing framing) {
        for (int cut = 0; cut < 4; cut++) {
            List<RecordingSink> sinks = readersOfSomethingRare(framing, cut);
            hub.clock().advance(Duration.ofSeconds(16));
            for (int runs = 0; runs < 12; runs++) {
                hub.executor(0).runOne();
            }
            sinks.forEach(RecordingSink::takeAll);
            hub.run();

            assertThat(sinks).allSatisfy(sink -> {
                assertThat(sink.text()).endsWith("data: rare\n\n");
                assertThat(sink.text()).startsWith(":\n\n");
                assertThat(sink.data()).containsExactly("rare");
            });
        }
    }

    private List<RecordingSink> readersOfSomethingRare(Framing framing, int taken) {
        hub = hubWithTinySlices(new WindowLimits(1 << 15, 1 << 24, 1 << 20), 1 << 20, 1000);
        publishNumbers("common", 1, 1 << 14);
        publish("rare", "rare");
        return IntStream.range(0, 20)
                .mapToObj(i -> new RecordingSink(framing).takingInAll(taken))
                .map(sink -> hub.subscribe(0, to("rare").after("test-1").framed(framing), sink))
                .toList();
    }

    @Test
    void aDeadConnectionIsFoundByTheComment() {
        RecordingSink sink = subscribe(to("a"), chunked().vanishingAfter(4));
        hub.pass(Duration.ofSeconds(16));

        assertThat(sink.isGone()).isTrue();
        assertThat(hub.lane(0).subscriberCount()).isZero();
    }

    @Test
    void everybodyGetsOneAlthoughTheLaneNeedsManyRuns() {
        hub = hubWithTinySlices(WindowLimits.DEFAULT, 1000, 1000);
        List<RecordingSink> sinks = IntStream.range(0, 100)
                .mapToObj(i -> hub.subscribe(to("t" + i % 3)))
                .toList();
        hub.run();
        hub.clock().advance(Duration.ofSeconds(16));
        hub.executor(0).runOne();
        sinks.get(50).close(EndReason.CLIENT_CLOSED);
        for (int i = 0; i < 3; i++) {
            hub.executor(0).runOne();
            hub.publish("t0", "" + i);
        }
        hub.run();

        for (int i = 0; i < sinks.size(); i++) {
            if (i != 50) {
                assertThat(sinks.get(i).heartbeats()).isBetween(1, 4);
                assertThat(sinks.get(i).data()).hasSize(i % 3 == 0 ? 3 : 0);
            }
        }
    }

    /** A lane that never comes to the end of its sweeps must not let the quiet connections starve. */
    @Test
    void aQuietInterestHasItsCommentsAlthoughTheLaneIsAlwaysBusy() {
        hub = hubWithTinySlices(new WindowLimits(1 << 16, 1 << 26, 1 << 20), 100, 100);
        for (int i = 0; i < 50; i++) {
            hub.subscribe(to("busy"));
        }
        RecordingSink quiet = hub.subscribe(to("quiet"));
        hub.run();
        for (int i = 0; i < 3000; i++) {
            hub.publish("busy", "x".repeat(100));
            hub.clock().advance(Duration.ofMillis(20));
            hub.executor(0).runOne();
        }

        assertThat(hub.lane(0).position()).isLessThan(2900);
        assertThat(quiet.heartbeats()).isBetween(3, 4);
    }
}
