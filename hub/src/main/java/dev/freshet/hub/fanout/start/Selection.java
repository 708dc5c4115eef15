package dev.freshet.hub.fanout.start;

import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.log.WindowEntry;
import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events somebody wants and may read; for one, the question that {@link dev.freshet.hub.topic.SelectorIndex} answers
 * for many. Immutable.
 */
public final class Selection implements EventFilter {
    private final ReadRights rights;
    private final Set<Topic> exact = new HashSet<>();
    private final List<TopicSelector> shapes = new ArrayList<>(0);

    /**
     * Creates a selection.
     *
     * @param selectors what is wanted
     * @param rights what may be read
     */
    public Selection(Set<TopicSelector> selectors, ReadRights rights) {
        this.rights = rights;
        selectors.forEach(this::sort);
    }

    /**
     * Tells whether an event may be read, whoever wants it.
     *
     * @param entry the event
     * @return true if the rights allow it
     */
    public boolean mayRead(WindowEntry entry) {
        return rights.allow(entry.isPrivate(), entry.topics());
    }

    /**
     * Tells whether an event is wanted and may be read.
     *
     * @param entry the event
     * @return true if it belongs on the stream
     */
    public boolean wants(WindowEntry entry) {
        return passes(entry.isPrivate(), entry.topics());
    }

    @Override
    public boolean passes(boolean isPrivate, List<Topic> topics) {
        return selectsOneOf(topics) && rights.allow(isPrivate, topics);
    }

    @Override
    public Optional<Set<Topic>> topics() {
        return isExact() ? Optional.of(exact) : Optional.empty();
    }

    @Override
    public boolean selects(Topic topic) {
        return exact.contains(topic) || hasShapeOf(topic);
    }

    /** The number of shapes that each topic may have to be compared with: who walks over the log divides its portion by it. */
    @Override
    public int comparisons() {
        return Math.max(1, shapes.size());
    }

    /** The single topics. */
    Set<Topic> exactTopics() {
        return exact;
    }

    /** Whether it asks for single topics and nothing else. */
    boolean isExact() {
        return shapes.isEmpty();
    }

    private void sort(TopicSelector selector) {
        if (selector instanceof TopicSelector.Exact one) {
            exact.add(one.topic());
        } else {
            shapes.add(selector);
        }
    }

    private boolean selectsOneOf(List<Topic> topics) {
        for (Topic topic : topics) {
            if (selects(topic)) {
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
