package dev.freshet.log.sqlite.store;

import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.file.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Removes events, a bounded number at a time, with all that finds them. Confined to the writing connection's thread; the
 * caller commits.
 */
public final class EventRemoval {
    private final Statements statements;
    private final TopicTable topics;
    private final PublisherIdTable publisherIds;

    EventRemoval(Statements statements, TopicTable topics, PublisherIdTable publisherIds) {
        this.statements = statements;
        this.topics = topics;
        this.publisherIds = publisherIds;
    }

    /**
     * Returns from where on events are retained.
     *
     * @return the offset of the oldest one; that of the next event if there is none
     * @throws SQLException if it fails
     */
    public long earliest() throws SQLException {
        return statements.number("SELECT earliest FROM log").orElseThrow();
    }

    /**
     * Finds out how far some of the oldest events reach.
     *
     * @param earliest the offset of the oldest one
     * @param before events from this offset on do not count
     * @param max how many events
     * @return the offset behind them, at most {@code before}
     * @throws SQLException if it fails
     */
    public long endOfOldest(long earliest, long before, int max) throws SQLException {
        String sql = "SELECT position FROM event WHERE position >= ? ORDER BY position LIMIT 1 OFFSET ?";
        return Math.min(before, statements.number(sql, earliest, max).orElse(before));
    }

    /**
     * Removes the oldest events.
     *
     * @param earliest events from this offset on stay
     * @return how many were removed
     * @throws SQLException if it fails
     */
    public int before(long earliest) throws SQLException {
        List<Removed> removed =
                rows(statements.query("SELECT position, topics FROM event WHERE position < ?", earliest));
        remove(removed);
        statements.update("UPDATE log SET earliest = ?", earliest);
        publisherIds.forgetBefore(earliest);
        return removed.size();
    }

    /**
     * Removes events whose time to live is over.
     *
     * @param nowMs milliseconds since 1970
     * @param max the most events that are removed
     * @return how many were
     * @throws SQLException if it fails
     */
    public int expired(long nowMs, int max) throws SQLException {
        String sql = "SELECT position, topics FROM event WHERE expires_ms <= ? LIMIT ?";
        List<Removed> removed = rows(statements.query(sql, nowMs, max));
        remove(removed);
        return removed.size();
    }

    /**
     * Finds out how far some of the oldest events of a topic reach.
     *
     * @param topic the topic
     * @param before events from this offset on do not count
     * @param max how many events
     * @return the offset of the newest of them; empty if there is none
     * @throws SQLException if it fails
     */
    public OptionalLong lastOfTopic(NumberedTopic topic, long before, int max) throws SQLException {
        String sql = """
                SELECT max(position) FROM (
                  SELECT position FROM event_topic WHERE topic = ? AND position < ? ORDER BY position LIMIT ?)""";
        return statements.number(sql, topic.number(), before, max);
    }

    /**
     * Takes the oldest events away from a topic; they go when no other topic has them.
     *
     * @param topic the topic
     * @param last the offset of the newest that is taken away
     * @return how many were
     * @throws SQLException if it fails
     */
    public int ofTopic(NumberedTopic topic, long last) throws SQLException {
        String sql = """
                SELECT e.position, e.topics FROM event_topic t JOIN event e ON e.position = t.position
                WHERE t.topic = ? AND t.position <= ?""";
        List<Removed> taken = rows(statements.query(sql, topic.number(), last));
        for (Removed each : taken) {
            unlink(topic.number(), each.position);
            if (!isInAnyOf(each)) {
                statements.update("DELETE FROM event WHERE position = ?", each.position);
            }
        }
        removeTopicIfEmpty(topic.topic().name());
        return taken.size();
    }

    /**
     * Finds from where on the newest events of a topic stand.
     *
     * @param topic the topic
     * @param count how many
     * @return the offset of the oldest of them; 0 if there are fewer
     * @throws SQLException if it fails
     */
    public long firstOfNewest(NumberedTopic topic, int count) throws SQLException {
        String sql = "SELECT position FROM event_topic WHERE topic = ? ORDER BY position DESC LIMIT 1 OFFSET ?";
        return statements.number(sql, topic.number(), count - 1).orElse(0);
    }

    /**
     * Notes that a rule has taken events away.
     *
     * @param rule the rule's selector
     * @param upTo the offset of the newest of them
     * @throws SQLException if it fails
     */
    public void noteThinned(String rule, long upTo) throws SQLException {
        statements.update(
                "INSERT INTO thinned VALUES (?1, ?2) ON CONFLICT (rule) DO UPDATE SET up_to = max(up_to, ?2)",
                rule,
                upTo);
    }

    /**
     * Takes back that a rule has taken events away, because they are there again.
     *
     * @param rule the rule's selector
     * @param offset nothing is done if the newest of them is at this offset or behind it
     * @throws SQLException if it fails
     */
    public void forgetThinnedBefore(String rule, long offset) throws SQLException {
        statements.update("DELETE FROM thinned WHERE rule = ? AND up_to < ?", rule, offset);
    }

    /**
     * Returns what rules have taken away, since the log was made.
     *
     * @return each rule's selector, and the offset of the newest event that it took from a topic
     * @throws SQLException if it fails
     */
    public Map<String, Long> thinned() throws SQLException {
        Map<String, Long> thinned = new HashMap<>();
        try (ResultSet rows = statements.query("SELECT rule, up_to FROM thinned")) {
            while (rows.next()) {
                thinned.put(rows.getString(1), rows.getLong(2));
            }
        }
        return thinned;
    }

    private void remove(List<Removed> events) throws SQLException {
        Set<String> touched = new HashSet<>();
        for (Removed event : events) {
            for (String name : event.topics) {
                unlink(topics.numberOf(new Topic(name)), event.position);
                touched.add(name);
            }
            statements.update("DELETE FROM event WHERE position = ?", event.position);
        }
        for (String name : touched) {
            removeTopicIfEmpty(name);
        }
    }

    private void unlink(long topic, long position) throws SQLException {
        statements.update("DELETE FROM event_topic WHERE topic = ? AND position = ?", topic, position);
    }

    private boolean isInAnyOf(Removed event) throws SQLException {
        String sql = "SELECT 1 FROM event_topic WHERE topic = ? AND position = ?";
        for (String name : event.topics) {
            OptionalLong number = topics.find(new Topic(name));
            if (number.isPresent()
                    && statements
                            .number(sql, number.getAsLong(), event.position)
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void removeTopicIfEmpty(String name) throws SQLException {
        OptionalLong number = topics.find(new Topic(name));
        if (number.isPresent()
                && statements
                        .number("SELECT 1 FROM event_topic WHERE topic = ? LIMIT 1", number.getAsLong())
                        .isEmpty()) {
            topics.remove(number.getAsLong(), name);
        }
    }

    private static List<Removed> rows(ResultSet rows) throws SQLException {
        List<Removed> removed = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                removed.add(
                        new Removed(rows.getLong(1), rows.getString(2).lines().toList()));
            }
        }
        return removed;
    }

    private record Removed(long position, List<String> topics) {}
}
