package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.testing.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumeTest extends HubCase {
    /** Events that came between any two turns of the lane kept everybody in catch-up for ever. */
    @Test
    void becomesLiveWhileEventsComeAllTheTime() {
        hub.publish("a", "0");
        RecordingSink sink = hub.subscribe(to("a").after("test-0"));

        for (int i = 1; i <= 5; i++) {
            hub.publish("a", "" + i);
            hub.executor(0).runOne();
        }

        assertThat(hub.lane(0).interests().all())
                .singleElement()
                .satisfies(interest -> assertThat(interest.live().size()).isOne());
        hub.run();
        assertThat(sink.data()).isEqualTo(numbers(0, 5));
    }

    @Test
    void resumesBehindAPosition() {
        publishNumbers("a", 1, 5);

        assertThat(subscribe(to("a").after("test-2")).data()).containsExactly("3", "4", "5");
        assertThat(subscribe(to("a").after("test-0")).data()).isEqualTo(numbers(1, 5));
        RecordingSink upToDate = subscribe(to("a").after("test-5"));
        assertThat(upToDate.data()).isEmpty();
        assertThat(upToDate.opening()).endsWith("\nid: test-5\n\n");
        publish("a", "6");
        assertThat(upToDate.data()).containsExactly("6");
    }

    @Test
    void resumesBehindAnEventOfAnotherTopic() {
        publish("a", "1");
        publish("b", "2");
        publish("a", "3");

        assertThat(subscribe(to("a").after("test-2")).data()).containsExactly("3");
    }

    @Test
    void resumesBehindAPublishersId() {
        publish("a", "1");
        hub.publishAs("a", "mine", "2");
        hub.publishAs("a", "other-9", "3");
        publish("a", "4");

        assertThat(subscribe(to("a").after("mine")).data()).containsExactly("3", "4");
        assertThat(subscribe(to("a").after("other-9")).data()).containsExactly("4");
    }

    @Test
    void repeatsRatherThanLosesWhenAPublishersIdWasUsedTwice() {
        hub.publishAs("a", "mine", "1");
        hub.publishAs("a", "mine", "2");
        publish("a", "3");

        assertThat(subscribe(to("a").after("mine")).data()).containsExactly("2", "3");
    }

    @Test
    void beginsSinceATime() {
        List<Instant> times = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            times.add(hub.clock().instant());
            publish("a", "" + i);
            hub.clock().advance(Duration.ofSeconds(1));
        }

        assertThat(subscribe(to("a").since(times.get(2))).data()).containsExactly("3", "4");
        assertThat(subscribe(to("a").since(times.get(2).minusMillis(1))).data()).containsExactly("3", "4");
        assertThat(subscribe(to("a").since(times.get(2).plusMillis(1))).data()).containsExactly("4");
        assertThat(subscribe(to("a").since(times.get(0))).data()).isEqualTo(numbers(1, 4));
        RecordingSink later = subscribe(to("a").since(times.get(3).plusSeconds(60)));
        assertThat(later.data()).isEmpty();
        publish("a", "5");
        assertThat(later.data()).containsExactly("5");
    }

    @Test
    void beginsAtTheEdgesOfTime() {
        publish("a", "1");

        assertThat(subscribe(to("a").since(Instant.MIN)).data()).endsWith("1");
        assertThat(subscribe(to("a").since(Instant.MAX)).data()).isEmpty();
        assertThatCode(() -> subscribe(to("a").since(Instant.parse("+1000000000-01-01T00:00:00Z"))))
                .doesNotThrowAnyException();
    }

    @Test
    void beginsWithTheLastOfEachKindOfSelector() {
        for (int i = 1; i <= 12; i++) {
            publish("t/" + i % 3, "" + i);
        }

        assertThat(subscribe(to("t/0").last(2)).data()).containsExactly("9", "12");
        assertThat(subscribe(to("t/0", "t/1").last(3)).data()).containsExactly("9", "10", "12");
        assertThat(subscribe(to("t/{x}").last(2)).data()).containsExactly("11", "12");
        assertThat(subscribe(to("*").last(3)).data()).containsExactly("10", "11", "12");
        assertThat(subscribe(to("t/0", "{+x}").last(1)).data()).containsExactly("12");
        assertThat(subscribe(to("*").last(100)).data()).isEqualTo(numbers(1, 12));
        assertThat(subscribe(to("t/0").last(100)).data()).containsExactly("3", "6", "9", "12");
        assertThat(subscribe(to("t/0").last(0)).data()).isEmpty();
        assertThat(subscribe(to("*").last(0)).data()).isEmpty();
        assertThat(subscribe(to("none").last(5)).data()).isEmpty();
    }

    @Test
    void countsOnlyWhatItMayReadAmongTheLast() {
        publish("a", "1");
        hub.publish(List.of("a"), "secret", true);
        publish("a", "2");
        hub.publish(List.of("a", "b"), "secret", true);

        assertThat(subscribe(to("a").last(2)).data()).containsExactly("1", "2");
        assertThat(subscribe(to("{x}").last(2)).data()).containsExactly("1", "2");
        assertThat(subscribe(to("a").granted("b").last(2)).data()).containsExactly("2", "secret");
    }

    @Test
    void aClientMayResumeWhereItsLaneHasNotComeYet() {
        RecordingSink live = subscribe(to("a"));
        publish("a", "1");
        hub.publish("a", "2");
        hub.publish("a", "3");
        RecordingSink ahead = hub.subscribe(to("a").after("test-2"));
        RecordingSink atHead = hub.subscribe(to("a").after("test-3"));
        RecordingSink since = hub.subscribe(to("a").since(hub.clock().instant().plusMillis(1)));
        RecordingSink now = hub.subscribe(to("a"));
        hub.run();
        publish("a", "4");

        assertThat(live.data()).isEqualTo(numbers(1, 4));
        assertThat(ahead.data()).containsExactly("3", "4");
        assertThat(atHead.data()).containsExactly("4");
        assertThat(since.data()).containsExactly("4");
        assertThat(now.data()).containsExactly("2", "3", "4");
    }

    @Test
    void theLaneDoesNotRunInCirclesForAClientThatIsAheadOfIt() {
        hub = hubWithTinySlices(WindowLimits.DEFAULT, 100, 100);
        for (int i = 0; i < 40; i++) {
            hub.subscribe(to("a"));
        }
        hub.run();
        for (int i = 1; i <= 20; i++) {
            hub.publish("a", "" + i);
        }
        RecordingSink ahead = hub.subscribe(to("a").after("test-j"));
        int runs = hub.executor(0).runAll();

        assertThat(ahead.data()).containsExactly("20");
        assertThat(runs).isLessThan(200);
    }

    /** Cut at every byte, come back with the last id: every event is there once. */
    @ParameterizedTest
    @EnumSource(Framing.class)
    void aClientThatIsCutAnywhereAndComesBackHasEverythingOnce(Framing framing) {
        hub.publishAs("a", "first", "1");
        int total = subscribeAndPublish(to("a").framed(framing).after("first"), new RecordingSink(framing))
                .bytes()
                .length;
        for (int cut = 1; cut <= total; cut++) {
            hub = TestHub.start();
            hub.publishAs("a", "first", "1");
            RecordingSink before = subscribeAndPublish(
                    to("a").framed(framing).after("first"), new RecordingSink(framing).vanishingAfter(cut));
            assertThat(before.isGone()).isTrue();
            assertThat(before.bytes()).hasSize(cut);
            List<String> all = new ArrayList<>(before.data());
            all.addAll(subscribe(SubscriptionBuilder.to("a").framed(framing).after(before.lastEventId()))
                    .data());

            assertThat(all).describedAs("cut at %d", cut).containsExactly("2", "3\n3", "4", "5");
        }
    }

    private RecordingSink subscribeAndPublish(SubscriptionBuilder asked, RecordingSink sink) {
        publish("a", "2", "3\n3");
        subscribe(asked, sink);
        publish("b", "-");
        hub.publishAs("a", "fourth", "4");
        publish("a", "5");
        return sink;
    }
}
