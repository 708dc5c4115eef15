package dev.freshet.log.sqlite.salvage;

import dev.freshet.log.sqlite.file.Statements;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Reads the rows of a damaged table, in order. Confined to one thread.
 *
 * <p>Where reading fails, what is left is halved, again and again: so a bad page costs the rows on it, and no others. Rows that
 * a damaged table shows where they do not belong are passed over.
 *
 * @param <R> what a row is read as
 */
final class TableSalvage<R> {
    private static final int ROWS_AT_ONCE = 500;

    private final DamagedLog damaged;
    private final Source<R> source;
    private final ToLongFunction<R> placeOf;
    private final Target<R> target;
    private final Deque<Range> left = new ArrayDeque<>();
    private long lost;
    private long lastLost;

    TableSalvage(DamagedLog damaged, Source<R> source, ToLongFunction<R> placeOf, Target<R> target) {
        this.damaged = damaged;
        this.source = source;
        this.placeOf = placeOf;
        this.target = target;
    }

    /** A table whose rows stand at places that are whole numbers. */
    interface Source<R> {
        /** Reads the first rows of a range, in order, at most so many. */
        List<R> read(Statements damaged, Range range, int max) throws SQLException;
    }

    /** Takes rows. */
    interface Target<R> {
        /** Takes rows that could be read; {@code next} is the place from which reading goes on. */
        void take(List<R> rows, long next) throws SQLException;
    }

    /** Places from the first up to one before the end. */
    record Range(long first, long end) {
        boolean isEmpty() {
            return first >= end;
        }

        long size() {
            return end - first;
        }
    }

    /** Reads what can be read of a range. */
    void read(long first, long end) throws SQLException {
        left.push(new Range(first, end));
        while (!left.isEmpty()) {
            Range range = left.pop();
            Optional<List<R>> rows = range.isEmpty()
                    ? Optional.of(List.of())
                    : damaged.ask(from -> source.read(from, range, ROWS_AT_ONCE));
            if (rows.isEmpty()) {
                halve(range);
            } else if (!rows.get().isEmpty()) {
                take(rows.get(), range);
            }
        }
    }

    /** How many places could not be read; some may have been empty before. */
    long lost() {
        return lost;
    }

    /** The last place that could not be read; 0 if all could. */
    long lastLost() {
        return lastLost;
    }

    /** The last row, whose next neighbour is not known yet, waits for the next portion, unless it is alone. */
    private void take(List<R> rows, Range range) throws SQLException {
        Portion portion = new Portion(range);
        int judged = Math.max(1, rows.size() - 1);
        for (int i = 0; i < judged; i++) {
            portion.judge(rows.get(i), i + 1 < rows.size() ? placeOf.applyAsLong(rows.get(i + 1)) : range.end());
        }
        if (portion.sound.isEmpty()) {
            halve(range);
        } else {
            target.take(portion.sound, portion.next);
            left.push(new Range(portion.next, range.end()));
        }
    }

    /**
     * Some rows that were read at once. A row whose place is not between those of its neighbours has lost it: it is passed over
     * and counted. Those behind the last sound one wait for the next portion, which shows them again.
     */
    private final class Portion {
        private final List<R> sound = new ArrayList<>();
        private final List<Long> bad = new ArrayList<>();
        private final long end;
        private long next;

        Portion(Range range) {
            this.next = range.first();
            this.end = range.end();
        }

        void judge(R row, long following) {
            long place = placeOf.applyAsLong(row);
            boolean isAhead = following >= next && following <= place;
            if (place < next || place >= end || isAhead) {
                bad.add(Math.max(next, following - 1));
                return;
            }
            sound.add(row);
            next = place + 1;
            bad.forEach(TableSalvage.this::lose);
            bad.clear();
        }
    }

    private void lose(long place) {
        lost++;
        lastLost = Math.max(lastLost, place);
    }

    private void halve(Range range) {
        if (range.size() == 1) {
            lose(range.first());
            return;
        }
        long middle = range.first() + Math.min(ROWS_AT_ONCE, range.size() / 2);
        left.push(new Range(middle, range.end()));
        left.push(new Range(range.first(), middle));
    }
}
