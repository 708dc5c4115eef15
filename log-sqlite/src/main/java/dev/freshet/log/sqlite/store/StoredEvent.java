package dev.freshet.log.sqlite.store;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.file.SqliteFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Reads rows of the table {@code event}. Confined to its connection's thread. */
final class StoredEvent {
    /** What a statement has to select, in this order, from the table as {@code e}. */
    static final String COLUMNS =
            "e.position, e.private, e.topics, e.expires_ms, e.time_ms, e.id, e.type, e.retry_ms, e.data";

    private static final int MAX_CACHED = 10_000;

    private final String epoch;
    private final Map<String, List<Topic>> topics = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Topic>> eldest) {
            return size() > MAX_CACHED;
        }
    };

    StoredEvent(String epoch) {
        this.epoch = epoch;
    }

    long position(ResultSet row) throws SQLException {
        return row.getLong(1);
    }

    boolean isPrivate(ResultSet row) throws SQLException {
        return row.getInt(2) != 0;
    }

    List<Topic> topics(ResultSet row) throws SQLException {
        String all = row.getString(3);
        return sound(() -> topics.computeIfAbsent(
                all, names -> names.lines().map(Topic::new).toList()));
    }

    boolean isExpired(ResultSet row, long nowMs) throws SQLException {
        long expiresMs = row.getLong(4);
        return expiresMs != 0 && expiresMs <= nowMs;
    }

    boolean passes(ResultSet row, EventFilter filter, long nowMs) throws SQLException {
        return !isExpired(row, nowMs) && filter.passes(isPrivate(row), topics(row));
    }

    /** The event as it is sent. */
    byte[] bytes(ResultSet row, EventEncoding encoding) throws SQLException {
        ServerSentEvent event = event(row);
        ServerSentEvent sent = event.id().isPresent() ? event : event.withId(idAt(position(row)));
        return encoding.encode(sent, topics(row));
    }

    LoggedEvent logged(ResultSet row) throws SQLException {
        ServerSentEvent event = event(row);
        long position = position(row);
        long timeMs = row.getLong(5);
        long expiresMs = row.getLong(4);
        Optional<Duration> ttl = expiresMs == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(expiresMs - timeMs));
        List<Topic> names = topics(row);
        boolean isPrivate = isPrivate(row);
        Publication publication = sound(() -> new Publication(event, names, isPrivate, ttl));
        return new LoggedEvent(position, timeMs, event.id().orElseGet(() -> idAt(position)), publication);
    }

    private String idAt(long position) {
        return new EventPosition(epoch, position).id();
    }

    private static ServerSentEvent event(ResultSet row) throws SQLException {
        Optional<String> id = Optional.ofNullable(row.getString(6));
        String type = Optional.ofNullable(row.getString(7)).orElse("");
        long retryMs = row.getLong(8);
        OptionalLong retry = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(retryMs);
        String data = row.getString(9);
        return sound(() -> new ServerSentEvent(id, type, data, retry));
    }

    /** What was stored was sound once: if it is not, the file is damaged, though SQLite did not see it. */
    private static <T> T sound(Supplier<T> value) throws SQLException {
        try {
            return value.get();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new SQLException("an event makes no sense", "", SqliteFailure.CORRUPT, e);
        }
    }
}
