package dev.freshet.log.sqlite.store;

import dev.freshet.hub.log.durable.Page;
import dev.freshet.hub.log.durable.PageRequest;
import dev.freshet.log.sqlite.file.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** A page to which rows are added until it is full. Confined to its connection's thread. */
final class PageInTheMaking {
    private static final String ONE = "SELECT " + StoredEvent.COLUMNS + " FROM event e WHERE e.position = ?";

    private final Statements statements;
    private final StoredEvent stored;
    private final PageRequest request;
    private final long nowMs;
    private final Page.Builder builder;
    private long next;

    PageInTheMaking(Statements statements, StoredEvent stored, PageRequest request, long nowMs) {
        this.statements = statements;
        this.stored = stored;
        this.request = request;
        this.nowMs = nowMs;
        this.builder = new Page.Builder(request.framing());
        this.next = request.from();
    }

    /** Closes the rows. */
    Page take(ResultSet rows, int maxRows) throws SQLException {
        int taken = 0;
        try (rows) {
            while (!isFull() && rows.next()) {
                take(rows);
                taken++;
            }
        }
        return build(isFull() || taken == maxRows);
    }

    Page take(TopicWalk walk, int maxRows) throws SQLException {
        for (int taken = 0; taken < maxRows && !isFull(); taken++) {
            OptionalLong at = walk.next();
            if (at.isEmpty() || at.getAsLong() >= request.to()) {
                return build(false);
            }
            next = at.getAsLong() + 1;
            try (ResultSet row = statements.query(ONE, at.getAsLong())) {
                if (row.next()) {
                    take(row);
                }
            }
        }
        return build(true);
    }

    private void take(ResultSet row) throws SQLException {
        next = stored.position(row) + 1;
        if (stored.passes(row, request.filter(), nowMs)) {
            builder.add(stored.position(row), stored.bytes(row, request.encoding()));
        }
    }

    private boolean isFull() {
        return builder.sizeBytes() >= request.maxBytes();
    }

    private Page build(boolean isCut) {
        return builder.build(isCut ? next : request.to());
    }
}
