package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.start.Selection;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.topic.SelectorIndex;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The interests of a lane, each there once and only while it has subscribers. Confined to its lane. */
final class Interests {
    private final Map<Subscription.Key, Interest> byKey = new HashMap<>();
    private final SelectorIndex<Interest> index = new SelectorIndex<>();

    Interest intern(Lane lane, Subscription subscription, long nowNanos) {
        return byKey.computeIfAbsent(subscription.key(), key -> add(new Interest(lane, key, nowNanos)));
    }

    /** Returns what an interest selects, which there may not be yet. */
    Selection selection(Subscription.Key key) {
        Interest interest = byKey.get(key);
        return interest == null ? new Selection(key.selectors(), key.rights()) : interest.selection();
    }

    void removeIfEmpty(Interest interest) {
        if (interest.isEmpty() && byKey.remove(interest.key(), interest)) {
            for (TopicSelector selector : interest.key().selectors()) {
                index.remove(selector, interest);
            }
        }
    }

    void match(Topic topic, Consumer<Interest> action) {
        index.match(topic, action);
    }

    Collection<Interest> all() {
        return byKey.values();
    }

    /** Tells whether the index holds exactly the interests that there are; for checks after tests. */
    boolean isEmpty() {
        return byKey.isEmpty() && index.isEmpty();
    }

    private Interest add(Interest interest) {
        for (TopicSelector selector : interest.key().selectors()) {
            index.add(selector, interest);
        }
        return interest;
    }
}
