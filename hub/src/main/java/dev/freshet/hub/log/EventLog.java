package dev.freshet.hub.log;

import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Where the events of a hub live, in one total order. Thread-safe; no method blocks.
 *
 * <p>The log owns the writing side of the {@link Window}: what it has appended for good it encodes into the window, in log
 * order, and then rings. An event is live only because it stands there.
 *
 * <p>Answers are given on the thread that writes the log, or one that reads it. What an embedding program hangs on them without
 * an executor of its own runs there: it must return at once and never block, or every publish waits for it.
 */
public interface EventLog extends AutoCloseable {
    /**
     * Returns the name of the log's incarnation, the first part of every id.
     *
     * @return the epoch; it changes when positions given before mean nothing any more
     */
    String epoch();

    /**
     * Returns when the log began without what there was before it, so that of earlier times it can only say that it does not
     * know.
     *
     * @return the time, in whole milliseconds; {@link Instant#MIN} for a log that goes on where it was, and has lost nothing
     *     but what it removed
     */
    default Instant began() {
        return Instant.MIN;
    }

    /**
     * Begins to fill the window. Called once, before anything else.
     *
     * @param window the window; from now on written by the log alone
     * @param bell rung after events were appended to the window, on the writing thread; returns at once
     */
    void start(Window window, Runnable bell);

    /**
     * Appends a batch as a whole and in order, or not at all.
     *
     * @param batch the batch
     * @return completes when the batch is in the log for good: already complete if the log could append it on the calling
     *     thread; exceptionally with {@link AppendRefusedException} if nothing of it was appended; else on the thread that
     *     writes, where nothing may block
     */
    CompletableFuture<Receipt> append(Batch batch);

    /**
     * Finds an event by the id that its publisher gave it.
     *
     * @param publisherId the id
     * @return the offset of the event; of the first one retained, if the id was used several times; empty if no event
     *     with this id is retained for certain; already complete if the log knows it in memory; fails if it cannot be
     *     looked up
     */
    CompletableFuture<OptionalLong> offsetOf(String publisherId);

    /**
     * Tells whether the log can append now.
     *
     * @return true if an append is likely to succeed
     */
    boolean isUsable();

    /** Refuses further appends; those accepted before complete. Closing twice is closing once. */
    @Override
    void close();
}
