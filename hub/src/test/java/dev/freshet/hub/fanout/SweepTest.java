package dev.freshet.hub.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.HubConfig;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.testing.ManualClock;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepTest extends HubCase {
    @Test
    void sendsExactlyTheseBytes() {
        RecordingSink chunked = subscribe(to("a"));
        RecordingSink plain = subscribe(to("a").plain());

        hub.publishAs("a", "own", "x\ny");
        publish("a", "z");

        assertThat(chunked.opening())
                .isEqualTo(":\nretry: 2000\nid: test-0\n\n")
                .isEqualTo(plain.opening());
        String first = "id: own\ndata: x\ndata: y\n\n";
        String second = "id: test-2\ndata: z\n\n";
        assertThat(new String(chunked.bytes(), UTF_8)).isEqualTo(chunk(first) + chunk(second));
        assertThat(new String(plain.bytes(), UTF_8)).isEqualTo(first + second);
    }

    @Test
    void givesEachSubscriberWhatItAskedForInOrderAndOnce() {
        RecordingSink one = subscribe(to("a"));
        RecordingSink several = subscribe(to("a", "{x}", "*", "b"));
        RecordingSink shape = subscribe(to("b/{x}"));
        RecordingSink other = subscribe(to("c"));

        publish("a", "1");
        publish("b", "2");
        publish("b/x", "3");
        hub.publish(List.of("a", "b", "b/y"), "4", false);
        publish("a", "5");

        assertThat(one.data()).containsExactly("1", "4", "5");
        assertThat(several.data()).containsExactly("1", "2", "3", "4", "5");
        assertThat(shape.data()).containsExactly("3", "4");
        assertThat(other.data()).isEmpty();
        assertThat(other.writes()).isZero();
    }

    @Test
    void sendsAllThatIsNewInOneWrite() {
        RecordingSink lying = subscribe(to("a"));
        RecordingSink gathered = subscribe(to("a").plain());
        IntStream.rangeClosed(1, 100).forEach(i -> hub.publish(i % 2 == 0 ? "a" : "b", "" + i));

        assertThat(hub.executor(0).waiting()).isEqualTo(1);
        hub.run();

        assertThat(lying.data()).hasSize(50).startsWith("2", "4").endsWith("100");
        assertThat(gathered.data()).isEqualTo(lying.data());
        assertThat(lying.writes()).isEqualTo(1);
        assertThat(gathered.writes()).isEqualTo(1);
    }

    @Test
    void servesEveryLane() {
        hub = TestHub.start(HubConfig.DEFAULT, 3);
        List<RecordingSink> sinks = IntStream.range(0, 3)
                .mapToObj(lane -> hub.subscribe(lane, to("a")))
                .toList();
        hub.run();
        publish("a", "1", "2");

        assertThat(sinks).allSatisfy(sink -> assertThat(sink.data()).containsExactly("1", "2"));
    }

    @Test
    void subscribersThatAskForTheSameShareAnInterest() {
        subscribe(to("a", "b"));
        subscribe(to("b", "a"));
        assertThat(hub.lane(0).interests().all()).hasSize(1);

        subscribe(to("a", "b").plain());
        assertThat(hub.lane(0).interests().all()).hasSize(2);
        subscribe(to("a", "b").granted("a"));
        assertThat(hub.lane(0).interests().all()).hasSize(3);
        subscribe(to("a", "b").announced());
        subscribe(to("a", "b").last(3));
        assertThat(hub.lane(0).interests().all()).hasSize(3);
    }

    @Test
    void readRightsDecideAboutEveryEvent() {
        RecordingSink nothing = subscribe(to("*").withoutPublic());
        RecordingSink open = subscribe(to("*"));
        RecordingSink granted = subscribe(to("*").granted("a", "secret/{x}"));
        RecordingSink secret = subscribe(to("*").withoutPublic().granted("a"));

        publish("a", "public");
        hub.publish(List.of("a"), "private a", true);
        hub.publish(List.of("b"), "private b", true);
        hub.publish(List.of("b", "secret/1"), "private b and secret", true);
        hub.run();

        assertThat(nothing.data()).isEmpty();
        assertThat(open.data()).containsExactly("public");
        assertThat(granted.data()).containsExactly("public", "private a", "private b and secret");
        assertThat(secret.data()).containsExactly("private a");
    }

    @Test
    void takesMoreThanOneSweepForManyBytes() {
        LaneOptions options = new LaneOptions(
                LaneOptions.DEFAULT.heartbeat(),
                LaneOptions.DEFAULT.retry(),
                LaneOptions.DEFAULT.slice(),
                LaneOptions.DEFAULT.maxRest(),
                100,
                100);
        hub = TestHub.start(new HubConfig(WindowLimits.DEFAULT, options), 1);
        RecordingSink sink = subscribe(to("a"));
        publishNumbers("a", 1, 100);

        assertThat(sink.data()).isEqualTo(numbers(1, 100));
        assertThat(sink.writes()).isBetween(20, 50);
    }

    @Test
    void sendsAnEventThatIsLargerThanASweepOrAPortion() {
        RecordingSink live = subscribe(to("a"));
        String large = "x".repeat(700_000);
        publish("a", large, "y");
        RecordingSink late = subscribe(to("a").last(2));

        assertThat(live.data()).containsExactly(large, "y");
        assertThat(late.data()).containsExactly(large, "y");
    }

    @Test
    void wakesOnceForManyEventsAndAgainAfterTheNext() {
        subscribe(to("a"));
        hub.publish("a", "1");
        hub.publish("a", "2");
        assertThat(hub.executor(0).waiting()).isEqualTo(1);
        hub.run();
        assertThat(hub.executor(0).waiting()).isZero();
        hub.publish("a", "3");
        assertThat(hub.executor(0).waiting()).isEqualTo(1);
    }

    @Test
    void comesToRestWhenThereIsNothingToDo() {
        subscribe(to("a"));
        publish("a", "1");
        assertThat(hub.executor(0).runAll()).isZero();
        assertThat(hub.observer().swept()).isEqualTo(1);
    }

    @Test
    void whatIsPublishedAfterALongSweepWaitsAndGoesOutTogether() {
        RecordingSink sink = subscribe(to("a"));
        Duration sweep = LaneOptions.DEFAULT.slice().multipliedBy(2);
        hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new Slow(hub.clock(), sweep));
        hub.run();
        publish("a", "1");
        publish("a", "2", "3");
        assertThat(sink.data()).containsExactly("1");

        hub.pass(sweep.plusMillis(1));
        assertThat(sink.data()).containsExactly("1", "2", "3");
        assertThat(sink.writes()).isEqualTo(2);
        hub = TestHub.start();
    }

    /** It came back with the id of an event that another lane has sent already, and this one not. */
    @Test
    void whoIsAheadOfALaneThatRestsDoesNotKeepItBusy() {
        Duration sweep = LaneOptions.DEFAULT.slice().multipliedBy(2);
        hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new Slow(hub.clock(), sweep));
        hub.run();
        publish("a", "1");
        publish("a", "2");
        RecordingSink ahead = hub.subscribe(to("a").after("test-2"));
        assertThat(hub.executor(0).runAll()).isLessThan(5);

        hub.pass(sweep.plusMillis(1));
        publish("a", "3");
        hub.pass(sweep.plusMillis(1));
        assertThat(ahead.data()).containsExactly("3");
        hub = TestHub.start();
    }

    /** Sockets have their turn between two slices: the lane goes on by a task that was scheduled, not by one in the row. */
    @Test
    void aLongSweepIsCutIntoSlices() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new Noting(order, number));
            hub.lane(0)
                    .subscribe(to("a").build(), (subscriber, opening) -> new Slow(hub.clock(), Duration.ofMillis(1)));
        }
        hub.run();
        hub.publish("a", "x");
        int before = 0;
        int slices = 0;
        while (hub.executor(0).runOne()) {
            assertThat(order.size() - before).isLessThan(20);
            assertThat(hub.executor(0).waiting()).isZero();
            before = order.size();
            slices++;
        }

        assertThat(order).hasSize(100).doesNotHaveDuplicates();
        assertThat(slices).isGreaterThan(10);
        hub = TestHub.start();
    }

    @Test
    void theEndDoesNotWaitForTheRest() {
        RecordingSink sink = subscribe(to("a"));
        hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new Slow(hub.clock(), Duration.ofMillis(10)));
        hub.run();
        publish("a", "1", "2");
        publish("a", "3");
        hub.lane(0).endAll(Duration.ZERO);

        assertThat(sink.data()).containsExactly("1", "2", "3");
        hub = TestHub.start();
    }

    /** Also over fewer sweeps than there are subscribers: those who came first would else be last in all of them. */
    @Test
    void nobodyWaitsForLongerThanTheOthersOverAFewSweeps() {
        int count = 1000;
        int sweeps = 20;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new Noting(order, number));
        }
        hub.run();
        long[] waits = new long[count];
        for (int sweep = 0; sweep < sweeps; sweep++) {
            order.clear();
            publish("a", "x");
            for (int place = 0; place < count; place++) {
                waits[order.get(place)] += place;
            }
        }
        assertThat(Arrays.stream(waits).map(sum -> sum / sweeps))
                .allSatisfy(mean -> assertThat(mean).isBetween(count / 3L, 2L * count / 3));
        hub = TestHub.start();
    }

    /** Whatever the number of subscribers, none of them is served last in most of the sweeps. */
    @Test
    void nobodyIsAlwaysLast() {
        for (int count = 2; count <= 70; count++) {
            hub = TestHub.start();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                hub.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new Noting(order, number));
            }
            hub.run();
            HashSet<Integer> last = new HashSet<>();
            for (int sweep = 0; sweep < 3 * count; sweep++) {
                order.clear();
                publish("a", "x");
                assertThat(order).hasSize(count).doesNotHaveDuplicates();
                last.add(order.get(count - 1));
            }
            assertThat(last).describedAs("of %d subscribers", count).hasSizeGreaterThan(count / 2);
        }
        hub = TestHub.start();
    }

    /** Takes all, and time. */
    private record Slow(ManualClock clock, Duration perWrite) implements SubscriberSink {
        @Override
        public int write(ByteBuffer bytes) {
            clock.advance(perWrite);
            return bytes.remaining();
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
    }

    private record Noting(List<Integer> order, int number) implements SubscriberSink {
        @Override
        public int write(ByteBuffer bytes) {
            order.add(number);
            return bytes.remaining();
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
    }
}
