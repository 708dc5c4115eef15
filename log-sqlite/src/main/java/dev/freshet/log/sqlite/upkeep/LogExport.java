package dev.freshet.log.sqlite.upkeep;

import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.LogDirectory;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.EventReader;
import dev.freshet.log.sqlite.store.EventTable;
import dev.freshet.log.sqlite.store.LogRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Hands out the events of a log in order, up to where it ends when this is opened. Confined to one thread; everything blocks.
 *
 * <p>A hub may run on the log meanwhile: no read lasts longer than a piece of it. What retention removes before its turn is
 * missing, and the {@link #end} says so.
 */
public final class LogExport implements AutoCloseable {
    private static final int EVENTS_AT_ONCE = 1000;
    private static final long CHARACTERS_AT_ONCE = 4 << 20;
    private static final String EVERY_TOPIC = "*";

    private final Path directory;
    private final Connection connection;
    private final Statements statements;
    private final EventReader reader;
    private final LogRow log;
    private final List<TopicSelector> selectors;
    private long next;
    private boolean isOvertaken;

    private LogExport(Path directory, Connection connection, List<TopicSelector> selectors) throws SQLException {
        this.directory = directory;
        this.connection = connection;
        this.statements = new Statements(connection);
        this.log = LogRow.read(statements);
        this.reader = new EventReader(statements, log.epoch());
        this.selectors = List.copyOf(selectors);
        this.next = log.earliest();
    }

    static LogExport open(Path directory, List<TopicSelector> selectors) throws IOException, SQLException {
        Database database = new Database(directory);
        database.loadLibrary();
        Connection connection = database.openLog();
        try {
            return new LogExport(directory, connection, selectors);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Returns the log's incarnation.
     *
     * @return the first part of its ids
     */
    public String epoch() {
        return log.epoch();
    }

    /**
     * Returns where the log began when this was opened.
     *
     * @return the offset of the oldest event
     */
    public long earliest() {
        return log.earliest();
    }

    /**
     * Returns where this ends.
     *
     * @return the offset behind the newest event
     */
    public long head() {
        return log.head();
    }

    /**
     * Returns how far this has come.
     *
     * @return the offset of the event that comes next, or where it may be
     */
    public long position() {
        return next;
    }

    /**
     * Begins behind an event, which need not be retained any more if its id is of the log's own form.
     *
     * @param id its id
     * @return true if it is known
     * @throws IOException if the log cannot be read
     */
    public boolean skipThrough(String id) throws IOException {
        OptionalLong offset = EventPosition.parse(id)
                .filter(at -> at.epoch().equals(log.epoch()))
                .map(at -> OptionalLong.of(at.offset()))
                .orElse(OptionalLong.empty());
        OptionalLong found = offset.isPresent() ? offset : explained(() -> reader.offsetOf(id, log.earliest()));
        found.ifPresent(at -> next = at + 1);
        return found.isPresent() && next <= log.head();
    }

    /**
     * Begins at a time.
     *
     * @param timeMs milliseconds since 1970
     * @throws IOException if the log cannot be read
     */
    public void skipBefore(long timeMs) throws IOException {
        next = explained(() -> reader.firstOffsetSince(timeMs, log.earliest(), log.head()));
    }

    /**
     * Returns the events that come next.
     *
     * @return some of them, perhaps none of those that are asked for; empty at the end
     * @throws IOException if they cannot be read
     */
    public Optional<List<LoggedEvent>> next() throws IOException {
        if (next >= log.head()) {
            return Optional.empty();
        }
        List<LoggedEvent> events = explained(() -> reader.events(next, log.head(), EVENTS_AT_ONCE, CHARACTERS_AT_ONCE));
        boolean beginsLater = events.isEmpty() || events.get(0).offset() > next;
        isOvertaken |= beginsLater && explained(() -> LogRow.read(statements)).earliest() > next;
        next = events.isEmpty() ? log.head() : events.get(events.size() - 1).offset() + 1;
        return Optional.of(events.stream().filter(this::isWanted).toList());
    }

    /**
     * Says where the log ends and what is missing from this export of it.
     *
     * @return the end
     * @throws IOException if the log cannot be read
     */
    public ArchiveEnd end() throws IOException {
        long last = log.head() - 1;
        Map<String, Long> missing = new TreeMap<>();
        explained(() -> new EventTable(statements).removal().thinned())
                .forEach((rule, upTo) -> missing.put(rule, Math.min(upTo, last)));
        if (isOvertaken || !selectors.isEmpty()) {
            missing.put(EVERY_TOPIC, last);
        }
        return new ArchiveEnd(new EventPosition(log.epoch(), log.head()), missing);
    }

    @Override
    public void close() throws IOException {
        explained(() -> {
            connection.close();
            return true;
        });
    }

    private boolean isWanted(LoggedEvent event) {
        return selectors.isEmpty() || event.publication().topics().stream().anyMatch(this::isWanted);
    }

    private boolean isWanted(Topic topic) {
        return selectors.stream().anyMatch(selector -> selector.matches(topic));
    }

    private <T> T explained(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw LogDirectory.explain(directory, e);
        }
    }

    private interface Question<T> {
        T ask() throws SQLException;
    }
}
