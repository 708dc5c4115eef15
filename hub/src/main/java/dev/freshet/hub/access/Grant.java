package dev.freshet.hub.access;

import dev.freshet.hub.topic.TopicSelector;
import java.util.Set;

/**
 * What somebody was given: the topics they may publish to and subscribe to. Immutable.
 *
 * @param publish selectors of the topics that may be published to
 * @param subscribe selectors of the topics whose private events may be read
 */
public record Grant(Set<TopicSelector> publish, Set<TopicSelector> subscribe) {
    /** The grant of somebody who was given nothing. */
    public static final Grant NONE = new Grant(Set.of(), Set.of());

    /** Copies both sets. */
    public Grant {
        publish = Set.copyOf(publish);
        subscribe = Set.copyOf(subscribe);
    }
}
