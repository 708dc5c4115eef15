package dev.freshet.log.sqlite.store;

import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.log.durable.Page;
import dev.freshet.hub.log.durable.PageRequest;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.file.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads events. Confined to its connection's thread. */
public final class EventReader {
    /** For one page: whoever wants few of many must not keep the others waiting. */
    private static final int MAX_COMPARISONS = 1 << 15;
    /** For the newest events of templates, as in a window of the usual size. */
    private static final int MAX_COMPARISONS_FOR_LAST = 1 << 18;

    private static final String ALL = "SELECT " + StoredEvent.COLUMNS
            + " FROM event e WHERE e.position >= ? AND e.position < ? ORDER BY e.position LIMIT ?";
    private static final String OF_TOPIC = "SELECT " + StoredEvent.COLUMNS
            + " FROM event_topic t CROSS JOIN event e ON e.position = t.position"
            + " WHERE t.topic = ? AND t.position >= ? AND t.position < ? ORDER BY t.position LIMIT ?";
    private static final String NEWEST =
            "SELECT position, private, topics, expires_ms FROM event WHERE position < ? ORDER BY position DESC LIMIT ?";
    private static final String HEAD_OF_ONE =
            "SELECT position, private, topics, expires_ms FROM event WHERE position = ?";

    private final Statements statements;
    private final StoredEvent stored;
    private final TopicTable topics;
    private final PublisherIdTable publisherIds;

    /**
     * Creates a reader.
     *
     * @param statements of its connection
     * @param epoch the log's incarnation
     */
    public EventReader(Statements statements, String epoch) {
        this.statements = statements;
        this.stored = new StoredEvent(epoch);
        this.topics = new TopicTable(statements);
        this.publisherIds = new PublisherIdTable(statements);
    }

    /**
     * Reads a page.
     *
     * @param request which
     * @param nowMs milliseconds since 1970; events whose time to live is over are left out
     * @return the page
     * @throws SQLException if it cannot be read
     */
    public Page page(PageRequest request, long nowMs) throws SQLException {
        PageInTheMaking page = new PageInTheMaking(statements, stored, request, nowMs);
        int maxRows = Math.max(1, MAX_COMPARISONS / request.filter().comparisons());
        if (request.filter().topics().isEmpty()) {
            return page.take(statements.query(ALL, request.from(), request.to(), maxRows), maxRows);
        }
        List<Long> numbers = numbers(request.filter().topics().get());
        if (numbers.size() == 1) {
            long topic = numbers.get(0);
            return page.take(statements.query(OF_TOPIC, topic, request.from(), request.to(), maxRows), maxRows);
        }
        return page.take(TopicWalk.forward(statements, numbers, request.from()), maxRows);
    }

    /**
     * Reads the newest events that follow each other without a hole.
     *
     * @param head the offset of the next event
     * @param maxEvents the most events
     * @param maxBytes about the most bytes of their data
     * @return the events, in order
     * @throws SQLException if they cannot be read
     */
    public List<LoggedEvent> newest(long head, int maxEvents, long maxBytes) throws SQLException {
        return logged(statements.query(ALL, firstOfNewest(head, maxEvents, maxBytes), head, maxEvents), Long.MAX_VALUE);
    }

    /**
     * Reads events, also those whose time to live is over.
     *
     * @param from the offset of the first one
     * @param to the offset behind the last one
     * @param max how many at most
     * @return the events, in order
     * @throws SQLException if they cannot be read
     */
    public List<LoggedEvent> events(long from, long to, int max) throws SQLException {
        return events(from, to, max, Long.MAX_VALUE);
    }

    /**
     * Reads events, fewer if they are large.
     *
     * @param from the offset of the first one
     * @param to the offset behind the last one
     * @param max how many at most
     * @param maxCharacters about how many characters their data may have; one event at least is read
     * @return the events, in order
     * @throws SQLException if they cannot be read
     */
    public List<LoggedEvent> events(long from, long to, int max, long maxCharacters) throws SQLException {
        return logged(statements.query(ALL, from, to, max), maxCharacters);
    }

    /**
     * Finds the first event of a time or later.
     *
     * @param timeMs milliseconds since 1970
     * @param earliest the offset of the oldest event that is retained
     * @param head the offset of the next event
     * @return its offset; {@code head} if there is none
     * @throws SQLException if the log cannot be read
     */
    public long firstOffsetSince(long timeMs, long earliest, long head) throws SQLException {
        long low = earliest;
        long high = head;
        while (low < high) {
            long middle = (low + high) >>> 1;
            long[] found = positionAndTime(middle, head);
            if (found[1] >= timeMs) {
                high = middle;
            } else {
                low = found[0] + 1;
            }
        }
        return low;
    }

    /**
     * Finds the newest events that pass a filter.
     *
     * @param count how many
     * @param before events from this offset on do not count
     * @param filter what is wanted
     * @param nowMs milliseconds since 1970
     * @return the offset of the oldest of them; {@code before} if there are none
     * @throws SQLException if they cannot be read
     */
    public long firstOfLast(int count, long before, EventFilter filter, long nowMs) throws SQLException {
        return filter.topics().isPresent()
                ? firstOfTopics(count, before, filter, nowMs)
                : firstOfAll(count, before, filter, nowMs);
    }

    /**
     * Lists topics.
     *
     * @param number those with higher numbers
     * @param max how many
     * @return them, by their numbers
     * @throws SQLException if they cannot be read
     */
    public List<NumberedTopic> topicsBehind(long number, int max) throws SQLException {
        List<NumberedTopic> some = new ArrayList<>();
        try (ResultSet rows =
                statements.query("SELECT id, name FROM topic WHERE id > ? ORDER BY id LIMIT ?", number, max)) {
            while (rows.next()) {
                some.add(new NumberedTopic(rows.getLong(1), new Topic(rows.getString(2))));
            }
        }
        return some;
    }

    /**
     * Finds an event by the id that its publisher gave it.
     *
     * @param id the id
     * @param earliest the offset of the oldest event that is retained
     * @return its offset, if it is known for certain
     * @throws SQLException if it cannot be looked up
     */
    public OptionalLong offsetOf(String id, long earliest) throws SQLException {
        return publisherIds.find(id, earliest);
    }

    private List<LoggedEvent> logged(ResultSet rows, long maxCharacters) throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        long left = maxCharacters;
        try (rows) {
            while (left > 0 && rows.next()) {
                LoggedEvent event = stored.logged(rows);
                events.add(event);
                left -= event.publication().event().data().length();
            }
        }
        return events;
    }

    private long firstOfTopics(int count, long before, EventFilter filter, long nowMs) throws SQLException {
        TopicWalk walk = TopicWalk.backward(statements, numbers(filter.topics().orElseThrow()), before);
        int left = MAX_COMPARISONS_FOR_LAST / filter.comparisons();
        long first = before;
        int found = 0;
        for (OptionalLong at = walk.next(); at.isPresent() && found < count && left-- > 0; at = walk.next()) {
            try (ResultSet row = statements.query(HEAD_OF_ONE, at.getAsLong())) {
                if (row.next() && stored.passes(row, filter, nowMs)) {
                    first = at.getAsLong();
                    found++;
                }
            }
        }
        return first;
    }

    private long firstOfAll(int count, long before, EventFilter filter, long nowMs) throws SQLException {
        int maxRows = Math.max(1, MAX_COMPARISONS_FOR_LAST / filter.comparisons());
        long first = before;
        int found = 0;
        try (ResultSet rows = statements.query(NEWEST, before, maxRows)) {
            while (found < count && rows.next()) {
                if (stored.passes(rows, filter, nowMs)) {
                    first = stored.position(rows);
                    found++;
                }
            }
        }
        return first;
    }

    private long firstOfNewest(long head, int maxEvents, long maxBytes) throws SQLException {
        String sql = "SELECT position, octet_length(data) FROM event WHERE position < ? ORDER BY position DESC LIMIT ?";
        long first = head;
        long sizeBytes = 0;
        try (ResultSet rows = statements.query(sql, head, maxEvents)) {
            while (rows.next() && rows.getLong(1) == first - 1 && sizeBytes + rows.getLong(2) <= maxBytes) {
                first--;
                sizeBytes += rows.getLong(2);
            }
        }
        return first;
    }

    /** Place and time of the first event at a place or behind it; the head, at the end of time, if there is none. */
    private long[] positionAndTime(long from, long head) throws SQLException {
        String sql = "SELECT position, time_ms FROM event WHERE position >= ? ORDER BY position LIMIT 1";
        try (ResultSet rows = statements.query(sql, from)) {
            return rows.next() ? new long[] {rows.getLong(1), rows.getLong(2)} : new long[] {head, Long.MAX_VALUE};
        }
    }

    private List<Long> numbers(Set<Topic> wanted) throws SQLException {
        List<Long> numbers = new ArrayList<>(wanted.size());
        for (Topic topic : wanted) {
            topics.find(topic).ifPresent(numbers::add);
        }
        return numbers;
    }
}
