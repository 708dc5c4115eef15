package dev.freshet.log.sqlite.store;

import dev.freshet.log.sqlite.file.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Walks over the places of the events that have one of some topics, in the order of the log or against it, each once. What it
 * costs depends on these events and topics, not on the log. Confined to its connection's thread.
 */
final class TopicWalk {
    private static final int MAX_FETCHED_AT_ONCE = 256;
    private static final int MIN_FETCHED_AT_ONCE = 4;
    private static final int MAX_FETCHED = 4096;

    private static final String FORWARD =
            "SELECT position FROM event_topic WHERE topic = ? AND position >= ? ORDER BY position LIMIT ?";
    private static final String BACKWARD =
            "SELECT position FROM event_topic WHERE topic = ? AND position <= ? ORDER BY position DESC LIMIT ?";

    private final Statements statements;
    private final boolean isForward;
    private final int fetchedAtOnce;
    private final PriorityQueue<Trail> trails;
    private long last;

    private TopicWalk(Statements statements, boolean isForward, int topics) {
        this.statements = statements;
        this.isForward = isForward;
        this.fetchedAtOnce = Math.max(MIN_FETCHED_AT_ONCE, Math.min(MAX_FETCHED_AT_ONCE, MAX_FETCHED / (topics + 1)));
        Comparator<Trail> byPosition = Comparator.comparingLong(Trail::position);
        this.trails = new PriorityQueue<>(isForward ? byPosition : byPosition.reversed());
    }

    /** Begins with the first event at a place or behind it. */
    static TopicWalk forward(Statements statements, List<Long> topics, long from) throws SQLException {
        return new TopicWalk(statements, true, topics.size()).begin(topics, from);
    }

    /** Begins with the last event before a place. */
    static TopicWalk backward(Statements statements, List<Long> topics, long before) throws SQLException {
        return new TopicWalk(statements, false, topics.size()).begin(topics, before - 1);
    }

    OptionalLong next() throws SQLException {
        while (!trails.isEmpty()) {
            Trail trail = trails.remove();
            long position = trail.position();
            if (trail.advance()) {
                trails.add(trail);
            }
            if (position != last) {
                last = position;
                return OptionalLong.of(position);
            }
        }
        return OptionalLong.empty();
    }

    private TopicWalk begin(List<Long> topics, long at) throws SQLException {
        for (long topic : topics) {
            Trail trail = new Trail(topic);
            if (trail.fetch(at)) {
                trails.add(trail);
            }
        }
        return this;
    }

    /** One topic, and the places that were fetched for it. */
    private final class Trail {
        private final long topic;
        private long[] fetched = new long[0];
        private int index;

        Trail(long topic) {
            this.topic = topic;
        }

        long position() {
            return fetched[index];
        }

        boolean advance() throws SQLException {
            long at = position();
            index++;
            return index < fetched.length || (index == fetchedAtOnce && fetch(isForward ? at + 1 : at - 1));
        }

        boolean fetch(long at) throws SQLException {
            long[] places = new long[fetchedAtOnce];
            int count = 0;
            try (ResultSet rows = statements.query(isForward ? FORWARD : BACKWARD, topic, at, fetchedAtOnce)) {
                while (rows.next()) {
                    places[count++] = rows.getLong(1);
                }
            }
            fetched = Arrays.copyOf(places, count);
            index = 0;
            return count > 0;
        }
    }
}
