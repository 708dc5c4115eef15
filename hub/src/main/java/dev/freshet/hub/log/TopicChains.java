package dev.freshet.hub.log;

import dev.freshet.hub.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For each topic in the window the newest of its events, from which each one points to the one before. Confined to the log's
 * writer, but for {@link #newestOffset}.
 *
 * <p>It also keeps one list for all events that have the same one topic: an event that is retained must cost little on the
 * heap.
 */
final class TopicChains {
    private static final long[] NONE = {};

    private final Map<Topic, Chain> chains = new ConcurrentHashMap<>();

    /** Where an event stands in the chains of its topics: for each, the offset of the event before, 0 if there is none. */
    static final class Links {
        final List<Topic> topics;
        final long first;
        final long[] further;

        private Links(List<Topic> topics, long first, long[] further) {
            this.topics = topics;
            this.first = first;
            this.further = further;
        }
    }

    /** Returns the offset of a topic's newest event, or 0 if there is none. Thread-safe. */
    long newestOffset(Topic topic) {
        Chain chain = chains.get(topic);
        return chain == null ? 0 : chain.newest;
    }

    /** Returns where the next event will stand. Once a reader can find that event, {@link #append} makes it the newest. */
    Links links(List<Topic> topics) {
        Chain chain = chain(topics.get(0));
        if (topics.size() == 1) {
            return new Links(chain.alone, chain.newest, NONE);
        }
        long[] further = new long[topics.size() - 1];
        for (int i = 0; i < further.length; i++) {
            further[i] = chain(topics.get(i + 1)).newest;
        }
        return new Links(topics, chain.newest, further);
    }

    /** Makes an event the newest of its topics: whoever learns of its offset must find it in the window already. */
    void append(List<Topic> topics, long offset) {
        for (int i = 0; i < topics.size(); i++) {
            chain(topics.get(i)).newest = offset;
        }
    }

    /** Takes out an event, the oldest or the newest of its topics. If it is the newest, the one before it is that now. */
    void remove(WindowEntry entry, long earliest) {
        for (int i = 0; i < entry.topics().size(); i++) {
            Topic topic = entry.topics().get(i);
            Chain chain = chain(topic);
            if (chain.newest == entry.offset()) {
                chain.newest = entry.previousOffset(i);
            }
            if (chain.newest < earliest) {
                chains.remove(topic);
            }
        }
    }

    void clear() {
        chains.clear();
    }

    private Chain chain(Topic topic) {
        Chain chain = chains.get(topic);
        return chain != null ? chain : chains.computeIfAbsent(topic, Chain::new);
    }

    private static final class Chain {
        private final List<Topic> alone;
        private volatile long newest;

        private Chain(Topic topic) {
            this.alone = List.of(topic);
        }
    }
}
