package dev.freshet.hub.log.durable;

import dev.freshet.hub.topic.Topic;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which events a reader wants and may read. Immutable. */
public interface EventFilter {
    /**
     * Returns the topics to look at, so that a reader of few of them need not walk over all events.
     *
     * @return topics of which each event that passes has one; empty if it may have any
     */
    Optional<Set<Topic>> topics();

    /**
     * Tells whether an event passes.
     *
     * @param isPrivate true if the event is private
     * @param topics the event's topics
     * @return true if it is wanted and may be read
     */
    boolean passes(boolean isPrivate, List<Topic> topics);

    /**
     * Tells whether an event of a topic can pass, whatever its rights.
     *
     * @param topic the topic
     * @return true if the topic is wanted
     */
    boolean selects(Topic topic);

    /**
     * Returns what it costs to ask for an event.
     *
     * @return how often each topic may have to be compared, at least 1
     */
    int comparisons();
}
