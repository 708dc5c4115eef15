package dev.freshet.log.sqlite;

import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.log.sqlite.store.EventRemoval;
import dev.freshet.log.sqlite.store.NumberedTopic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Removes what retention gives up, and gives the space back: in steps of some milliseconds, each a transaction, so that no
 * publish waits long. Confined to the writer.
 *
 * <p>A step removes a portion, and where much is published as many portions as it takes to remove more than was appended
 * since the last one; else the log would grow for as long as the load lasts.
 *
 * <p>A reader is told how far the log reaches before anything is removed; so it can tell, after it has read, whether
 * something may have been missing.
 */
final class Cleaner {
    /** Of a portion, for each of the reasons why events go. */
    private static final int MAX_EVENTS = 200;

    private static final int MAX_TOPICS = 50;
    private static final int MAX_PAGES = 128;
    /** So much stays free for the events to come. */
    private static final long FREE_PAGES = 1024;
    /** Between two walks over all topics; for many topics as much longer as the walk takes. */
    private static final long BETWEEN_WALKS_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int REST_PER_WALK = 10;
    /** What was appended while nothing had to go is not made up for without end. */
    private static final long MAX_OWED = 1 << 16;

    private static final long LONGEST_STEP_NANOS = Duration.ofMillis(100).toNanos();

    private final Retention retention;
    private final SqliteHistory history;
    private final LongSupplier nanoTime;
    private long headBefore;
    private long owed;
    private int done;
    private long lastTopic;
    private long walkBeganNanos;
    private long nextWalkNanos;

    Cleaner(Retention retention, SqliteHistory history, long head, LongSupplier nanoTime) {
        this.retention = retention;
        this.history = history;
        this.headBefore = head;
        this.nanoTime = nanoTime;
        this.nextWalkNanos = nanoTime.getAsLong();
    }

    /**
     * What a step has done. Immutable.
     *
     * @param done how many events it removed and topics it looked at
     * @param isMore true if there is more to do
     */
    record Step(int done, boolean isMore) {}

    Step step(WriterConnection connection, long head, long nowMs) throws SQLException {
        owed = Math.min(MAX_OWED, owed + (head - headBefore) * 5 / 4);
        headBefore = head;
        boolean isMore = portions(connection, head, nowMs);
        owed = Math.max(0, owed - done);
        isMore |= space(connection);
        connection.connection().commit();
        return new Step(done, isMore);
    }

    /** Returns true if there is more to remove. */
    private boolean portions(WriterConnection connection, long head, long nowMs) throws SQLException {
        long beganNanos = nanoTime.getAsLong();
        done = 0;
        boolean isMore = portion(connection, head, nowMs);
        while (isMore && done < owed && nanoTime.getAsLong() - beganNanos < LONGEST_STEP_NANOS) {
            isMore = portion(connection, head, nowMs);
        }
        return isMore;
    }

    private boolean portion(WriterConnection connection, long head, long nowMs) throws SQLException {
        boolean isMore = front(connection, head, nowMs);
        isMore |= expired(connection, nowMs);
        isMore |= topics(connection, head, nowMs);
        return isMore;
    }

    /** Readers are told before the events go. If these did not go then, they go now, and no others. */
    private boolean front(WriterConnection connection, long head, long nowMs) throws SQLException {
        EventRemoval removal = connection.events().removal();
        long told = history.earliest();
        if (removal.earliest() < told) {
            done += removal.before(told);
            return true;
        }
        long before = firstToKeep(connection, told, head, nowMs);
        if (before <= told) {
            return false;
        }
        long end = removal.endOfOldest(told, before, MAX_EVENTS);
        history.onRemoved(end);
        done += removal.before(end);
        return true;
    }

    private long firstToKeep(WriterConnection connection, long earliest, long head, long nowMs) throws SQLException {
        long first = earliest;
        if (retention.maxEvents().isPresent()) {
            first = Math.max(first, head - retention.maxEvents().getAsLong());
        }
        if (retention.maxAge().isPresent()) {
            long sinceMs = nowMs - retention.maxAge().get().toMillis();
            first = Math.max(first, connection.reader().firstOffsetSince(sinceMs, earliest, head));
        }
        if (retention.maxBytes().isPresent()) {
            long usedBytes = connection.space().usedBytes();
            first = Math.max(
                    first, earliest + tooMany(usedBytes, retention.maxBytes().getAsLong(), head - earliest));
        }
        return first;
    }

    /** About how many events are more than fit, for one portion. */
    static long tooMany(long usedBytes, long maxBytes, long events) {
        if (usedBytes <= maxBytes || events == 0) {
            return 0;
        }
        long bytesOfOne = Math.max(1, usedBytes / events);
        return Math.min(events, 1 + Math.min(MAX_EVENTS, (usedBytes - maxBytes) / bytesOfOne));
    }

    private boolean expired(WriterConnection connection, long nowMs) throws SQLException {
        int removed = connection.events().removal().expired(nowMs, MAX_EVENTS);
        done += removed;
        return removed == MAX_EVENTS;
    }

    private boolean topics(WriterConnection connection, long head, long nowMs) throws SQLException {
        long nowNanos = nanoTime.getAsLong();
        if (retention.topics().isEmpty() || nowNanos - nextWalkNanos < 0) {
            return false;
        }
        if (lastTopic == 0) {
            walkBeganNanos = nowNanos;
        }
        List<NumberedTopic> some = connection.reader().topicsBehind(lastTopic, MAX_TOPICS);
        for (NumberedTopic topic : some) {
            done++;
            if (thin(connection, topic, head, nowMs)) {
                return true;
            }
            lastTopic = topic.number();
        }
        if (some.size() == MAX_TOPICS) {
            return true;
        }
        lastTopic = 0;
        nextWalkNanos = nowNanos + BETWEEN_WALKS_NANOS + REST_PER_WALK * (nowNanos - walkBeganNanos);
        return false;
    }

    /** Returns true if the topic has still more to give up. */
    private boolean thin(WriterConnection connection, NumberedTopic topic, long head, long nowMs) throws SQLException {
        Optional<TopicRule> rule = retention.topics().stream()
                .filter(each -> each.selector().matches(topic.topic()))
                .findFirst();
        return rule.isPresent()
                && thin(connection, topic, rule.get(), firstToKeep(connection, topic, rule.get(), head, nowMs));
    }

    private boolean thin(WriterConnection connection, NumberedTopic topic, TopicRule rule, long before)
            throws SQLException {
        EventRemoval removal = connection.events().removal();
        OptionalLong last = removal.lastOfTopic(topic, before, MAX_EVENTS);
        if (last.isEmpty()) {
            return false;
        }
        history.onThinned(rule.selector(), last.getAsLong());
        int removed = removal.ofTopic(topic, last.getAsLong());
        done += removed;
        removal.noteThinned(rule.selector().text(), last.getAsLong());
        return removed == MAX_EVENTS;
    }

    private long firstToKeep(WriterConnection connection, NumberedTopic topic, TopicRule rule, long head, long nowMs)
            throws SQLException {
        long first = 0;
        if (rule.last().isPresent()) {
            first = connection
                    .events()
                    .removal()
                    .firstOfNewest(topic, rule.last().getAsInt());
        }
        if (rule.maxAge().isPresent()) {
            long sinceMs = nowMs - rule.maxAge().get().toMillis();
            first = Math.max(first, connection.reader().firstOffsetSince(sinceMs, history.earliest(), head));
        }
        return first;
    }

    private static boolean space(WriterConnection connection) throws SQLException {
        boolean isMuch = connection.space().freePages() > FREE_PAGES + MAX_PAGES;
        if (isMuch) {
            connection.space().giveBack(MAX_PAGES);
        }
        return isMuch;
    }
}
