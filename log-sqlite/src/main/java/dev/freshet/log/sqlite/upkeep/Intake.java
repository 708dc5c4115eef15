package dev.freshet.log.sqlite.upkeep;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.publication.InvalidPublicationException;
import dev.freshet.hub.publication.Publication;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.EventReader;
import dev.freshet.log.sqlite.store.EventTable;
import dev.freshet.log.sqlite.store.LogRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds a place in a log for each event of an export. Confined to the thread of its connection; the caller commits. */
final class Intake {
    private static final String EVERY_TOPIC = "*";

    private final boolean appends;
    private final Statements statements;
    private final EventTable events;
    private EventReader reader;
    private LogRow log;
    private LogImport.Report report = LogImport.Report.NOTHING;
    private long firstOwn = Long.MAX_VALUE;
    private long lastTaken;
    private boolean isWhole;

    private Intake(Statements statements, boolean appends) throws SQLException {
        this.appends = appends;
        this.statements = statements;
        this.events = new EventTable(statements);
        this.log = LogRow.read(statements);
        this.reader = new EventReader(statements, log.epoch());
    }

    /** Closes the connection if it fails. */
    static Intake of(Connection connection, boolean appends) throws SQLException {
        try {
            return new Intake(new Statements(connection), appends);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    LogImport.Report report() {
        return report;
    }

    /** False while nothing came, or events came from a log and the end of an export is still to follow them. */
    boolean isWhole() {
        return isWhole;
    }

    void take(ArchivedEvent event) throws SQLException {
        isWhole = event.place().isEmpty() && (isWhole || report.events() == 0);
        event.place().ifPresent(this::becomeIfUntouched);
        Optional<EventPosition> own = event.place().filter(this::isOwn);
        if (own.isPresent()) {
            keep(event, own.get());
        } else {
            append(event);
        }
    }

    /** What is missing from the export is missing here, up to the place that stands for it. */
    void take(ArchiveEnd end) throws SQLException {
        becomeIfUntouched(end.head());
        boolean isSameLog = isOwn(end.head());
        if (isSameLog) {
            forgetHolesFilledUpTo(end.head().offset());
            advance(end.head().offset(), log.timeMs());
        }
        for (Map.Entry<String, Long> rule : end.thinned().entrySet()) {
            noteThinned(rule.getKey(), isSameLog ? rule.getValue() : lastTaken);
        }
        firstOwn = Long.MAX_VALUE;
        isWhole = true;
    }

    /** An export that reaches from this log's beginning to behind its holes has filled them, but for those of its own. */
    private void forgetHolesFilledUpTo(long head) throws SQLException {
        if (firstOwn <= log.earliest()) {
            events.removal().forgetThinnedBefore(EVERY_TOPIC, head);
        }
    }

    /** Nobody knows what of an export is missing that has no end. */
    void finish() throws SQLException {
        if (!isWhole) {
            noteThinned(EVERY_TOPIC, lastTaken);
        }
    }

    /** Writes what is known of the log as a whole. */
    void writeLog() throws SQLException {
        statements.update(
                "UPDATE log SET epoch = ?, earliest = ?, head = ?, time_ms = ?",
                log.epoch(),
                log.earliest(),
                log.head(),
                log.timeMs());
    }

    /** As long as the log never had an event, no id of its own stands for one. */
    private void becomeIfUntouched(EventPosition first) {
        if (log.head() == 1 && !appends) {
            log = new LogRow(first.epoch(), first.offset(), first.offset(), log.timeMs());
            reader = new EventReader(statements, first.epoch());
        }
    }

    private boolean isOwn(EventPosition place) {
        return place.epoch().equals(log.epoch());
    }

    private void keep(ArchivedEvent event, EventPosition place) throws SQLException {
        if (appends) {
            throw new InvalidPublicationException("position: " + place.id()
                    + " is one of this very log (expected: events of another log, or no --append)");
        }
        firstOwn = Math.min(firstOwn, place.offset());
        if (place.offset() < log.earliest()) {
            lastTaken = Math.max(lastTaken, place.offset());
            report = report.oneEarly();
        } else if (isThere(event, place.offset())) {
            known(place.offset());
        } else {
            boolean isBehind = place.offset() < log.head();
            insert(event.publication(), place.offset(), isBehind ? event.timeMs() : timeOf(event));
        }
    }

    private boolean isThere(ArchivedEvent event, long offset) throws SQLException {
        List<LoggedEvent> there = offset < log.head() ? reader.events(offset, offset + 1, 1) : List.of();
        if (!there.isEmpty() && !ArchivedEvent.of(log.epoch(), there.get(0)).equals(event)) {
            throw new InvalidPublicationException("position: "
                    + new EventPosition(log.epoch(), offset).id()
                    + " is another event in this log (expected: a log that went no way of its own since the export; or an"
                    + " empty one, with --append)");
        }
        return !there.isEmpty();
    }

    private void append(ArchivedEvent event) throws SQLException {
        String identity = event.identity()
                .orElseThrow(
                        () -> new InvalidPublicationException("position, id: both missing (expected: one of them, so"
                                + " that another import does not double the event; or publish the lines to a hub)"));
        OptionalLong there = reader.offsetOf(identity, 0);
        if (there.isPresent()) {
            known(there.getAsLong());
            return;
        }
        Optional<Publication> fresh = fresh(event, identity);
        if (fresh.isEmpty()) {
            report = report.oneExpired();
            return;
        }
        long offset = log.head();
        requireForeign(fresh.get());
        insert(fresh.get(), offset, timeOf(event));
        if (!fresh.get().event().id().equals(Optional.of(identity))) {
            events.alias(identity, offset, log.earliest());
        }
    }

    /** The event with the id by which its subscribers know it, and with what is left of its time to live. */
    private Optional<Publication> fresh(ArchivedEvent event, String identity) {
        Publication was = event.publication();
        Optional<Duration> ttl = was.ttl().map(all -> all.minusMillis(timeOf(event) - event.timeMs()));
        if (ttl.filter(left -> left.toMillis() < 1).isPresent()) {
            return Optional.empty();
        }
        String id = was.event().id().orElse(identity);
        return Optional.of(new Publication(was.event().withId(id), was.topics(), was.isPrivate(), ttl));
    }

    private void requireForeign(Publication publication) {
        try {
            LoggedEvent.place(log.epoch(), log.head(), log.timeMs(), List.of(publication));
        } catch (AppendRefusedException e) {
            throw new InvalidPublicationException(String.valueOf(e.getMessage()));
        }
    }

    private void insert(Publication publication, long offset, long timeMs) throws SQLException {
        String id = publication.event().id().orElseGet(() -> new EventPosition(log.epoch(), offset).id());
        events.insert(new LoggedEvent(offset, timeMs, id, publication), log.earliest());
        advance(offset + 1, timeMs);
        lastTaken = Math.max(lastTaken, offset);
        report = report.oneAdded();
    }

    private void known(long offset) {
        lastTaken = Math.max(lastTaken, offset);
        report = report.oneKnown();
    }

    private void advance(long head, long timeMs) {
        log = new LogRow(log.epoch(), log.earliest(), Math.max(log.head(), head), Math.max(log.timeMs(), timeMs));
    }

    /** Times never go backwards. */
    private long timeOf(ArchivedEvent event) {
        return Math.max(event.timeMs(), log.timeMs());
    }

    private void noteThinned(String rule, long upTo) throws SQLException {
        if (upTo > 0) {
            events.removal().noteThinned(rule, upTo);
        }
    }
}
