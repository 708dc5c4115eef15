package dev.freshet.hub.access;

import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.List;
import java.util.Set;

/**
 * Which events may be read. Immutable; equal rights are equal values, so that subscribers can share them.
 *
 * @param readsPublic true if events that are not private may be read
 * @param privateTopics selectors of the topics whose private events may be read as well
 */
public record ReadRights(boolean readsPublic, Set<TopicSelector> privateTopics) {
    /** Public events, and no private one. */
    public static final ReadRights PUBLIC = new ReadRights(true, Set.of());

    /** Copies the set. */
    public ReadRights {
        privateTopics = Set.copyOf(privateTopics);
    }

    /**
     * Tells whether an event may be read.
     *
     * @param isPrivate true if the event is private
     * @param topics the event's topics; one that was granted suffices
     * @return true if it may be read
     */
    public boolean allow(boolean isPrivate, List<Topic> topics) {
        return isPrivate ? grantsOneOf(topics) : readsPublic;
    }

    private boolean grantsOneOf(List<Topic> topics) {
        for (TopicSelector selector : privateTopics) {
            for (Topic topic : topics) {
                if (selector.matches(topic)) {
                    return true;
                }
            }
        }
        return false;
    }
}
