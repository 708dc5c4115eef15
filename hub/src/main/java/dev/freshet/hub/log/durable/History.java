package dev.freshet.hub.log.durable;

import java.util.concurrent.CompletableFuture;

/**
 * All that a log retains, read where it is stored. Thread-safe; no method blocks. Answers are given on a thread of the log,
 * and fail if the storage cannot be read or too many are waiting already. There are few such threads: what hangs on an answer
 * without an executor of its own must return at once and never block, or all reads wait for it.
 */
public interface History {
    /**
     * Returns the offset of the oldest event that is retained.
     *
     * @return the offset; the next event's if there is none; never less than before
     */
    long earliest();

    /**
     * Tells how far events were thinned out by rules for topics that a reader may want, although older ones may be retained.
     * It is told before they are removed. Events whose time to live was over do not count: their publisher said so.
     *
     * @param filter what the reader wants
     * @return the highest offset of an event that such a rule removed; 0 if there is none
     */
    long thinnedUpTo(EventFilter filter);

    /**
     * Reads events.
     *
     * @param request which
     * @return the page
     */
    CompletableFuture<Page> read(PageRequest request);

    /**
     * Finds the first event that was appended at a time or later.
     *
     * @param timeMs milliseconds since 1970
     * @return its offset; that of the next event if there is none
     */
    CompletableFuture<Long> firstOffsetSince(long timeMs);

    /**
     * Finds the newest events that pass a filter.
     *
     * @param count how many, at least 1
     * @param before events from this offset on do not count
     * @param filter what is wanted
     * @return the offset of the oldest of them; {@code before} if there are none. A log looks back over so many events only:
     *     those that are not wanted must not keep others waiting
     */
    CompletableFuture<Long> firstOfLast(int count, long before, EventFilter filter);
}
