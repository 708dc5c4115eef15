package dev.freshet.hub.fanout.start;

import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.topic.InvalidTopicException;
import dev.freshet.hub.topic.TopicSelector;
import java.util.Set;

/**
 * What a subscriber asks for. Immutable.
 *
 * @param selectors 1 to {@value #MAX_SELECTORS} selectors
 * @param rights what it may read
 * @param framing how events are wrapped on its connection
 * @param start where it begins
 * @param isAnnounced true if its first event tells its id, by which it can be written to alone
 */
public record Subscription(
        Set<TopicSelector> selectors, ReadRights rights, Framing framing, StartAt start, boolean isAnnounced) {
    /** The most selectors of one subscriber. */
    public static final int MAX_SELECTORS = 1000;

    /**
     * Checks the selectors.
     *
     * @throws InvalidTopicException if there are none or too many, or one is a topic of the hub's own
     */
    public Subscription {
        selectors = Set.copyOf(selectors);
        if (selectors.isEmpty() || selectors.size() > MAX_SELECTORS) {
            throw new InvalidTopicException(
                    "topic: " + selectors.size() + " selectors (expected: 1 to " + MAX_SELECTORS + ")");
        }
        selectors.forEach(Subscription::requireOpenToAll);
    }

    private static void requireOpenToAll(TopicSelector selector) {
        if (selector instanceof TopicSelector.Exact one && one.topic().isReserved()) {
            throw new InvalidTopicException("topic: " + one.text()
                    + " (expected: a name that does not begin with $; with connected=true a stream has its own topic)");
        }
    }

    /**
     * What decides which bytes a subscriber is sent: those with equal keys share an interest.
     *
     * @param selectors what they want
     * @param rights what they may read
     * @param framing how events are wrapped on their connections
     */
    public record Key(Set<TopicSelector> selectors, ReadRights rights, Framing framing) {}

    /**
     * Returns the key of the interest.
     *
     * @return selectors, rights and framing
     */
    public Key key() {
        return new Key(selectors, rights, framing);
    }
}
