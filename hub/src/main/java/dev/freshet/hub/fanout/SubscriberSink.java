package dev.freshet.hub.fanout;

import java.nio.ByteBuffer;

/**
 * Where a subscriber's bytes go: a socket, a channel, a servlet. Called by its lane alone; never blocks, never throws.
 *
 * <p>A sink keeps nothing. What it does not take stays a cursor in the log, so a slow reader costs no buffer.
 */
public interface SubscriberSink {
    /** Returned by {@link #write} when the connection is gone. */
    int CLOSED = -1;

    /**
     * Takes as many of the remaining bytes as can be passed on at once.
     *
     * <p>After it took fewer than offered, the sink calls {@link Subscriber#onWritable} once, when it can take more; never
     * from within this call.
     *
     * @param bytes direct memory, valid during this call alone; position and limit may be changed
     * @return how many were taken, or {@link #CLOSED}
     */
    int write(ByteBuffer bytes);

    /** Ends the stream in good order, after all bytes taken. The subscriber is told by {@link Subscriber#onEnded}. */
    void end();

    /** Cuts the connection. The subscriber is told by {@link Subscriber#onEnded}. */
    void abort();

    /** Opens a sink when all is known that the stream begins with. One of its methods is called by the lane, once. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the sink.
         *
         * @param subscriber is told of writability and of the end
         * @param opening the stream's first bytes, not framed; the sink sends them before anything else
         * @return the sink
         */
        SubscriberSink open(Subscriber subscriber, byte[] opening);

        /**
         * The stream cannot begin: the place where it would could not be looked up.
         *
         * @param failure why
         */
        default void refuse(Throwable failure) {}
    }
}
