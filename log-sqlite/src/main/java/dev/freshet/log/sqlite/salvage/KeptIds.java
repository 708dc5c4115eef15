package dev.freshet.log.sqlite.salvage;

import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.EventTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids by which a log finds events, of one place. Immutable.
 *
 * @param last the offset of the last event that had them
 * @param ids each with the offset of the first event that had it
 */
record KeptIds(long last, List<Id> ids) {
    record Id(String id, long first) {}

    /** The ids of the last place may not be all of them, and are left for the next time. */
    static List<KeptIds> read(Statements from, TableSalvage.Range range, int max) throws SQLException {
        String sql = "SELECT last, id, first FROM publisher_id WHERE last >= ? AND last < ? ORDER BY last LIMIT ?";
        List<KeptIds> places = new ArrayList<>();
        int count = 0;
        try (ResultSet row = from.query(sql, range.first(), range.end(), max)) {
            for (; row.next(); count++) {
                long last = row.getLong(1);
                if (places.isEmpty() || places.get(places.size() - 1).last != last) {
                    places.add(new KeptIds(last, new ArrayList<>()));
                }
                places.get(places.size() - 1).ids.add(new Id(row.getString(2), row.getLong(3)));
            }
        }
        return count == max && places.size() > 1 ? places.subList(0, places.size() - 1) : places;
    }

    void writeTo(EventTable to) throws SQLException {
        for (Id each : ids) {
            to.alias(each.id, each.first, 1);
            to.alias(each.id, last, 1);
        }
    }
}
