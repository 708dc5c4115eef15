package dev.freshet.log.sqlite.salvage;

import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.log.sqlite.file.SqliteFailure;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.EventReader;
import dev.freshet.log.sqlite.store.EventTable;
import dev.freshet.log.sqlite.store.LogRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills a new log with what can be read of a damaged one, table by table. Confined to one thread. */
final class LogCopy {
    private static final String EVERY_TOPIC = "*";
    private static final long CHARACTERS_AT_ONCE = 4 << 20;

    private final DamagedLog damaged;
    private final Connection connection;
    private final Statements fresh;
    private final EventTable events;
    private final Optional<LogRow> log;
    private final LogRepair.Progress progress;
    private long saved;
    private long keysSaved;

    LogCopy(DamagedLog damaged, Connection fresh, Optional<LogRow> log, LogRepair.Progress progress) {
        this.damaged = damaged;
        this.connection = fresh;
        this.fresh = new Statements(fresh);
        this.events = new EventTable(this.fresh);
        this.log = log;
        this.progress = progress;
    }

    LogRepair.Report copy(Path old) throws SQLException, IOException {
        if (log.isPresent()) {
            fresh.update("UPDATE log SET epoch = ?", log.get().epoch());
        }
        long earliest = log.map(LogRow::earliest).orElse(1L);
        long end = Math.max(log.map(LogRow::head).orElse(1L), lastPlace() + 1);
        TableSalvage<LoggedEvent> all = eventsTo(end);
        all.read(earliest, end);
        ids().read(earliest, end);
        long keysLost = copyKeys();
        noteMissing(all.lastLost(), end);
        fresh.update("UPDATE log SET head = ?, earliest = ?", end, earliest);
        connection.commit();
        return new LogRepair.Report(saved, lost(all.lost(), earliest, end), keysSaved, keysLost, log.isPresent(), old);
    }

    /** The table may have lost its end, and the index of topics still know of it. */
    private long lastPlace() throws SQLException {
        Optional<Long> last = highest("SELECT max(position) FROM event");
        if (last.isEmpty()) {
            last = highest("SELECT max(position) FROM event_topic");
        }
        return last.orElse(0L);
    }

    /**
     * Each event stands in the index of topics; what is there and not here was lost. If the file was cut within a page of the
     * index, that page shows fewer entries than it had, without a sign.
     */
    private LogRepair.Lost lost(long places, long earliest, long end) throws SQLException, IOException {
        if (places == 0 || end - earliest > Integer.MAX_VALUE || damaged.endsWithinPage()) {
            return new LogRepair.Lost(places, places == 0);
        }
        return damaged.ask(from -> lostOfIndex(from, earliest, end))
                .map(events -> new LogRepair.Lost(events, true))
                .orElse(new LogRepair.Lost(places, false));
    }

    private long lostOfIndex(Statements from, long earliest, long end) throws SQLException {
        BitSet lost = new BitSet();
        String sql = "SELECT position FROM event_topic WHERE position >= ? AND position < ?";
        try (ResultSet row = from.query(sql, earliest, end)) {
            while (row.next()) {
                long place = row.getLong(1);
                if (fresh.number("SELECT 1 FROM event WHERE position = ?", place)
                        .isEmpty()) {
                    lost.set((int) (place - earliest));
                }
            }
        }
        return lost.cardinality();
    }

    private Optional<Long> highest(String sql) throws SQLException {
        return damaged.ask(from -> from.number(sql).orElse(0));
    }

    /** Returns how many could not be read; if nobody knows, one at least. */
    private long copyKeys() throws SQLException {
        Optional<Long> last = highest("SELECT max(number) FROM idempotency_key NOT INDEXED");
        if (last.isEmpty()) {
            last = highest("SELECT max(number) FROM idempotency_key"
                    + " INDEXED BY sqlite_autoindex_idempotency_key_1 WHERE key >= ''");
        }
        TableSalvage<KeptKey> keys = keys();
        keys.read(1, last.orElse(0L) + 1);
        return last.isPresent() ? keys.lost() : 1;
    }

    private TableSalvage<LoggedEvent> eventsTo(long end) throws SQLException, IOException {
        boolean mayEndInZeros = damaged.endsWithinPage();
        String epoch = LogRow.read(fresh).epoch();
        TableSalvage.Source<LoggedEvent> source = (from, range, max) -> {
            List<LoggedEvent> some =
                    new EventReader(from, epoch).events(range.first(), range.end(), max, CHARACTERS_AT_ONCE);
            if (mayEndInZeros && some.stream().anyMatch(LogCopy::hasZeros)) {
                throw SqliteFailure.damage("an event has lost its end");
            }
            return some;
        };
        return new TableSalvage<>(damaged, source, LoggedEvent::offset, (some, next) -> {
            write(some);
            progress.at(next, end);
        });
    }

    private static boolean hasZeros(LoggedEvent event) {
        return event.publication().event().data().indexOf('\0') >= 0;
    }

    private void write(List<LoggedEvent> some) throws SQLException {
        for (LoggedEvent event : some) {
            events.insert(event, 1);
            saved++;
        }
        events.begin(some.get(some.size() - 1).timeMs());
        connection.commit();
    }

    /** Those that events bring are there already; an event may be known by other ids, too. */
    private TableSalvage<KeptIds> ids() {
        return new TableSalvage<>(damaged, KeptIds::read, KeptIds::last, (some, next) -> {
            for (KeptIds ids : some) {
                ids.writeTo(events);
            }
            connection.commit();
        });
    }

    private TableSalvage<KeptKey> keys() {
        return new TableSalvage<>(damaged, KeptKey::read, KeptKey::number, (some, next) -> {
            for (KeptKey key : some) {
                key.writeTo(fresh);
                keysSaved++;
            }
            connection.commit();
        });
    }

    /** What was noted before, and what could not be read now. If the notes cannot be read, everything may be missing. */
    private void noteMissing(long lastLost, long end) throws SQLException {
        Optional<Map<String, Long>> before =
                damaged.ask(from -> new EventTable(from).removal().thinned());
        for (Map.Entry<String, Long> rule : before.orElse(Map.of()).entrySet()) {
            events.removal().noteThinned(rule.getKey(), rule.getValue());
        }
        long missing = before.isPresent() ? lastLost : end - 1;
        if (missing > 0) {
            events.removal().noteThinned(EVERY_TOPIC, missing);
        }
    }
}
