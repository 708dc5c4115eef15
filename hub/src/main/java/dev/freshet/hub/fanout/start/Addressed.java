package dev.freshet.hub.fanout.start;

import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.topic.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A selection and the topic of one subscriber alone: what is addressed to it, it may read. Immutable.
 *
 * @param selection what it shares with others
 * @param own its own topic
 */
public record Addressed(Selection selection, Topic own) implements EventFilter {
    @Override
    public Optional<Set<Topic>> topics() {
        return selection.topics().map(shared -> {
            Set<Topic> all = new HashSet<>(shared);
            all.add(own);
            return all;
        });
    }

    @Override
    public boolean passes(boolean isPrivate, List<Topic> topics) {
        return topics.contains(own) || selection.passes(isPrivate, topics);
    }

    @Override
    public boolean selects(Topic topic) {
        return own.equals(topic) || selection.selects(topic);
    }

    @Override
    public int comparisons() {
        return selection.comparisons();
    }
}
