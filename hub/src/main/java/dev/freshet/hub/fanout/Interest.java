package dev.freshet.hub.fanout;

import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What many subscribers of a lane have in common: selectors, rights and framing, hence the bytes they are sent. Confined to
 * its lane.
 *
 * <p>It holds its live subscribers and those that are behind apart, and what the sweep under way has for the live ones.
 */
final class Interest {
    private final Lane lane;
    private final Subscription.Key key;
    private final Set<Topic> exact = new HashSet<>();
    private final List<TopicSelector> shapes = new ArrayList<>(0);
    private final SubscriberSet live = new SubscriberSet();
    private final SubscriberSet behind = new SubscriberSet();
    private List<WindowEntry> collected = List.of();
    private long lastSentNanos;

    Interest(Lane lane, Subscription.Key key, long nowNanos) {
        this.lane = lane;
        this.key = key;
        this.lastSentNanos = nowNanos;
        key.selectors().forEach(this::sort);
    }

    Lane lane() {
        return lane;
    }

    Subscription.Key key() {
        return key;
    }

    Framing framing() {
        return key.framing();
    }

    SubscriberSet live() {
        return live;
    }

    SubscriberSet behind() {
        return behind;
    }

    boolean isEmpty() {
        return live.size() + behind.size() == 0;
    }

    /** The topics, if it asks for nothing else. */
    Set<Topic> exactTopics() {
        return exact;
    }

    boolean isExact() {
        return shapes.isEmpty();
    }

    boolean mayRead(WindowEntry entry) {
        return key.rights().allow(entry.isPrivate(), entry.topics());
    }

    /** The same question as {@link dev.freshet.hub.topic.SelectorIndex} answers, for one interest. */
    boolean wants(WindowEntry entry) {
        return selects(entry) && mayRead(entry);
    }

    /** Takes an event for the live subscribers; returns true if it is the first since {@link #takeCollected}. */
    boolean collect(WindowEntry entry) {
        if (collected.isEmpty()) {
            collected = new ArrayList<>(1);
            return collected.add(entry);
        }
        if (collected.get(collected.size() - 1) != entry) {
            collected.add(entry);
        }
        return false;
    }

    List<WindowEntry> takeCollected() {
        List<WindowEntry> taken = collected;
        collected = List.of();
        return taken;
    }

    long lastSentNanos() {
        return lastSentNanos;
    }

    void onSent(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    private void sort(TopicSelector selector) {
        if (selector instanceof TopicSelector.Exact one) {
            exact.add(one.topic());
        } else {
            shapes.add(selector);
        }
    }

    private boolean selects(WindowEntry entry) {
        for (Topic topic : entry.topics()) {
            if (exact.contains(topic) || hasShapeOf(topic)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasShapeOf(Topic topic) {
        for (TopicSelector shape : shapes) {
            if (shape.matches(topic)) {
                return true;
            }
        }
        return false;
    }
}
