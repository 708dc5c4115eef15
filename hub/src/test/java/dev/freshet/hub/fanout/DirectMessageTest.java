package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.HubConfig;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import dev.freshet.hub.topic.InvalidTopicException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectMessageTest extends HubCase {
    private static String topicOf(RecordingSink sink) {
        return "$subscriber/" + sink.subscriber().id().orElseThrow();
    }

    @Test
    void theFirstEventTellsTheId() {
        RecordingSink sink = subscribe(to("a").announced());
        String id = sink.subscriber().id().orElseThrow();

        assertThat(sink.opening())
                .isEqualTo(":\nretry: 2000\nid: test-0\n\nevent: connected\ndata: {\"subscriber\":\"" + id + "\"}\n\n");
        assertThat(id).matches("[0-9a-z]{1,13}");
        assertThat(subscribe(to("a")).subscriber().id()).isEmpty();
        assertThat(subscribe(to("a")).data()).isEmpty();
    }

    @Test
    void connectedComesBeforeTheGap() {
        RecordingSink sink = subscribe(to("a").announced().after("old-1"));
        assertThat(types(sink)).containsExactly("connected", "gap");
    }

    @Test
    void aMessageReachesOneSubscriberInItsPlace() {
        RecordingSink one = subscribe(to("a").announced());
        RecordingSink other = subscribe(to("a").announced());
        RecordingSink all = subscribe(to("*", "{+x}"));

        hub.publish("a", "1");
        hub.publish(topicOf(one), "for one");
        hub.publish("b", "-");
        hub.publish("a", "2");
        hub.publish(topicOf(other), "for other");
        hub.publish(topicOf(one), "for one again");
        publish("a", "3");

        assertThat(one.data().subList(1, 6)).containsExactly("1", "for one", "2", "for one again", "3");
        assertThat(other.data().subList(1, 5)).containsExactly("1", "2", "for other", "3");
        assertThat(all.data()).containsExactly("1", "-", "2", "3");
    }

    @Test
    void aMessageDoesNotMakeAnInterestUnique() {
        RecordingSink one = subscribe(to("a").announced());
        subscribe(to("a"));
        publish(topicOf(one), "for one");

        assertThat(hub.lane(0).interests().all()).hasSize(1);
        assertThat(hub.lane(0).interests().all().iterator().next().live().size())
                .isEqualTo(2);
    }

    @Test
    void aMessageReachesASubscriberThatIsBehindInItsPlace() {
        RecordingSink slow = subscribe(to("a").announced());
        slow.block();
        publish("a", "1");
        publish(topicOf(slow), "for one");
        publish("a", "2");
        slow.takeAll();
        hub.run();
        publish("a", "3");

        assertThat(slow.data().subList(1, 5)).containsExactly("1", "for one", "2", "3");
    }

    @Test
    void aMessageThatIsAlsoForATopicComesOnce() {
        RecordingSink one = subscribe(to("a").announced());
        RecordingSink other = subscribe(to("a"));
        hub.publish(List.of("a", topicOf(one)), "both", false);
        hub.publish(List.of(topicOf(one), "b"), "two", false);
        publish("a", "3");

        assertThat(one.data().subList(1, 4)).containsExactly("both", "two", "3");
        assertThat(other.data()).containsExactly("both", "3");
    }

    @Test
    void aMessageIsReadWithoutAnyRight() {
        RecordingSink one = subscribe(to("a").announced().withoutPublic());
        hub.publish(List.of(topicOf(one)), "private", true);
        hub.publish(List.of("a", topicOf(one)), "both", true);
        publish(topicOf(one), "public");

        assertThat(one.data().subList(1, 4)).containsExactly("private", "both", "public");
    }

    @Test
    void aMessageFindsItsSubscriberOnAnyLane() {
        hub = TestHub.start(HubConfig.DEFAULT, 2);
        RecordingSink one = hub.subscribe(1, to("a").announced());
        hub.run();
        publish(topicOf(one), "for one");

        assertThat(one.data()).endsWith("for one");
    }

    @Test
    void aMessageToNobodyReachesNobody() {
        RecordingSink one = subscribe(to("a", "*").announced());
        String topic = topicOf(one);
        String[] wrong = {"$subscriber/0", "$subscriber/-", "$subscriber/" + "z".repeat(40), topic + "0", topic + "/x"};
        for (String each : wrong) {
            publish(each, "lost");
        }
        publish(topic.replace("$subscriber/", "$subscriber/+"), "lost");
        publish(topic.replace("$subscriber/", "$subscriber/0"), "lost");
        publish("$subscriber/" + one.subscriber().id().orElseThrow().toUpperCase(Locale.ROOT) + "_", "lost");

        assertThat(one.data()).hasSize(1);
        assertThat(hub.observer().behind()).isZero();
    }

    @Test
    void onlyTheExactIdFindsASubscriber() {
        RecordingSink one = subscribe(to("a").announced());
        String id = one.subscriber().id().orElseThrow();

        assertThat(hub.lane(0).find(id)).containsSame(one.subscriber());
        for (String wrong : List.of("", "+" + id, "0" + id, id + " ", "0", "-1", "\u0661", "!")) {
            assertThat(hub.lane(0).find(wrong)).isEmpty();
        }
    }

    @Test
    void aMessageForOneThatLeftIsForgotten() {
        RecordingSink one = subscribe(to("a").announced());
        hub.publish(topicOf(one), "late");
        one.close(EndReason.CLIENT_CLOSED);
        hub.run();

        assertThat(one.data()).hasSize(1);
    }

    @Test
    void nobodyMaySubscribeToTheHubsOwnTopics() {
        assertThatThrownBy(() -> to("a", "$subscriber/1").build()).isInstanceOf(InvalidTopicException.class);
        assertThatThrownBy(() -> to().build()).isInstanceOf(InvalidTopicException.class);
        String[] many = IntStream.rangeClosed(0, 1000).mapToObj(i -> "t" + i).toArray(String[]::new);
        assertThatThrownBy(() -> to(many).build()).hasMessageContaining("1001 selectors");
    }

    /** In a sweep that needs many runs, before, among and behind the events of that sweep. */
    @Test
    void aMessageKeepsItsPlaceWhileASweepIsSliced() {
        hub = hubWithTinySlices(WindowLimits.DEFAULT, 200, 100);
        List<RecordingSink> sinks = IntStream.range(0, 60)
                .mapToObj(i -> hub.subscribe(to("a").announced()))
                .toList();
        hub.run();
        for (int round = 0; round < 30; round++) {
            hub.publish("a", round + ".1");
            hub.executor(0).runOne();
            for (RecordingSink sink : sinks) {
                hub.publish(topicOf(sink), round + ".2");
            }
            hub.executor(0).runOne();
            hub.publish("a", round + ".3");
            hub.executor(0).runOne();
        }
        hub.run();

        List<String> expected = IntStream.range(0, 30)
                .boxed()
                .flatMap(round -> IntStream.rangeClosed(1, 3).mapToObj(i -> round + "." + i))
                .toList();
        assertThat(sinks)
                .allSatisfy(sink -> assertThat(sink.data().subList(1, 91)).isEqualTo(expected));
    }
}
