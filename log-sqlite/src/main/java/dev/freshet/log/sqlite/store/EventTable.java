package dev.freshet.log.sqlite.store;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.file.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes events, with all that finds them again. Confined to the writing connection's thread. */
public final class EventTable {
    private static final String INSERT = """
            INSERT INTO event (position, time_ms, expires_ms, id, type, retry_ms, private, topics, data)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Statements statements;
    private final TopicTable topics;
    private final PublisherIdTable publisherIds;
    private final EventRemoval removal;

    /**
     * Creates what writes events.
     *
     * @param statements of the writing connection
     */
    public EventTable(Statements statements) {
        this.statements = statements;
        this.topics = new TopicTable(statements);
        this.publisherIds = new PublisherIdTable(statements);
        this.removal = new EventRemoval(statements, topics, publisherIds);
    }

    /**
     * Returns what removes events from the table.
     *
     * @return the removal, of the same connection
     */
    public EventRemoval removal() {
        return removal;
    }

    /**
     * Begins to write: takes the file's lock, so that whoever else writes there is noticed before anything was done.
     *
     * @param timeMs the time of the events that follow
     * @throws SQLException if the file is locked or cannot be written
     */
    public void begin(long timeMs) throws SQLException {
        statements.update("UPDATE log SET time_ms = ?", timeMs);
    }

    /**
     * Writes an event.
     *
     * @param event the event
     * @param earliest the offset of the oldest event that is retained
     * @throws SQLException if it cannot be written
     */
    public void insert(LoggedEvent event, long earliest) throws SQLException {
        Publication publication = event.publication();
        ServerSentEvent sent = publication.event();
        statements.update(
                INSERT,
                event.offset(),
                event.timeMs(),
                event.expiresMs() == LoggedEvent.NEVER ? null : event.expiresMs(),
                sent.id().orElse(null),
                sent.type().equals(ServerSentEvent.DEFAULT_TYPE) ? null : sent.type(),
                retryMs(sent),
                publication.isPrivate() ? 1 : 0,
                names(publication.topics()),
                sent.data());
        for (Topic topic : publication.topics()) {
            statements.update("INSERT INTO event_topic VALUES (?, ?)", topics.numberOf(topic), event.offset());
        }
        if (sent.id().isPresent()) {
            publisherIds.add(sent.id().get(), event.offset(), earliest);
        }
    }

    /**
     * Makes an event known by one more id, besides that which it is sent with.
     *
     * @param id the id
     * @param offset the event's place
     * @param earliest the offset of the oldest event that is retained
     * @throws SQLException if it cannot be written
     */
    public void alias(String id, long offset, long earliest) throws SQLException {
        publisherIds.add(id, offset, earliest);
    }

    /**
     * Ends to write.
     *
     * @param head the offset of the next event
     * @throws SQLException if it cannot be written
     */
    public void end(long head) throws SQLException {
        statements.update("UPDATE log SET head = ?", head);
    }

    private static @Nullable Long retryMs(ServerSentEvent event) {
        return event.retryMs().isPresent() ? event.retryMs().getAsLong() : null;
    }

    private static String names(List<Topic> topics) {
        return topics.size() == 1
                ? topics.get(0).name()
                : topics.stream().map(Topic::name).collect(Collectors.joining("\n"));
    }
}
