package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.TestHub;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What must be true of every lane that has come to rest: nobody is forgotten, nobody is left over. */
final class Invariants {
    private Invariants() {}

    static void check(TestHub hub) {
        check(hub, 0);
    }

    /** The same for a hub that was made to fail. */
    static void check(TestHub hub, int failures) {
        hub.hub().lanes().forEach(Invariants::check);
        hub.hub()
                .lanes()
                .forEach(lane ->
                        assertThat(lane.position()).isEqualTo(hub.observer().appended() + 1));
        Set<Subscriber> served = Collections.newSetFromMap(new IdentityHashMap<>());
        hub.hub().lanes().forEach(lane -> served.addAll(subscribers(lane)));
        for (RecordingSink sink : hub.sinks()) {
            Subscriber subscriber = sink.subscriber();
            assertThat(served.contains(subscriber)).isEqualTo(!sink.isGone());
            assertThat(subscriber.state() == Subscriber.State.ENDED).isEqualTo(sink.isGone());
            boolean isEnding = sink.isEnded() || sink.isAborted();
            assertThat(subscriber.state() == Subscriber.State.BLOCKED)
                    .isEqualTo(!sink.isGone() && !isEnding && sink.isWaiting());
            checkEnded(subscriber);
        }
        assertThat(hub.observer().subscribed() - hub.observer().ends().size()).isEqualTo(served.size());
        assertThat(hub.observer().failures()).hasSize(failures);
    }

    static void checkNothingIsLeft(Lane lane) {
        assertThat(lane.interests().isEmpty()).isTrue();
        assertThat(lane.subscriberCount()).isZero();
    }

    /** Checks one lane, on its thread. */
    static void check(Lane lane) {
        List<Subscriber> all = subscribers(lane);
        assertThat(lane.subscriberCount()).isEqualTo(all.size());
        for (Interest interest : lane.interests().all()) {
            assertThat(interest.isEmpty()).isFalse();
            assertThat(interest.lane()).isSameAs(lane);
            assertThat(interest.takeCollected()).isEmpty();
            checkSet(interest, interest.live(), Set.of(Subscriber.State.LIVE));
            checkSet(interest, interest.behind(), Set.of(Subscriber.State.BLOCKED, Subscriber.State.ENDING));
            checkIndex(lane, interest);
        }
        for (Subscriber subscriber : all) {
            subscriber.id().ifPresent(id -> assertThat(lane.find(id)).containsSame(subscriber));
        }
        if (all.isEmpty()) {
            checkNothingIsLeft(lane);
        }
    }

    private static void checkSet(Interest interest, SubscriberSet set, Set<Subscriber.State> states) {
        for (int slot = 0; slot < set.size(); slot++) {
            Subscriber subscriber = set.get(slot);
            assertThat(subscriber.slot()).isEqualTo(slot);
            assertThat(subscriber.interest()).isSameAs(interest);
            assertThat(states).contains(subscriber.state());
            if (subscriber.state() == Subscriber.State.LIVE) {
                assertThat(subscriber.rest()).isNull();
                assertThat(subscriber.owed()).isNull();
            } else {
                assertThat(subscriber.next()).isBetween(1L, interest.lane().position());
            }
        }
    }

    private static void checkIndex(Lane lane, Interest interest) {
        for (TopicSelector selector : interest.key().selectors()) {
            Topic topic = new Topic(
                    selector instanceof TopicSelector.All
                            ? "x"
                            : selector.text().replaceAll("\\{\\+?\\w+}", "x"));
            List<Interest> found = new ArrayList<>();
            lane.interests().match(topic, found::add);
            assertThat(found).contains(interest);
            assertThat(lane.interests().all()).containsAll(found);
        }
    }

    private static void checkEnded(Subscriber subscriber) {
        if (subscriber.state() == Subscriber.State.ENDED) {
            assertThat(subscriber.rest()).isNull();
            subscriber
                    .id()
                    .ifPresent(id -> assertThat(subscriber.lane().find(id)).isEmpty());
        }
    }

    private static List<Subscriber> subscribers(Lane lane) {
        List<Subscriber> all = new ArrayList<>();
        for (Interest interest : lane.interests().all()) {
            for (SubscriberSet set : List.of(interest.live(), interest.behind())) {
                for (int slot = 0; slot < set.size(); slot++) {
                    all.add(set.get(slot));
                }
            }
        }
        return all;
    }
}
