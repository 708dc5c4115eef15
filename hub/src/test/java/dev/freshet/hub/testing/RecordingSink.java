package dev.freshet.hub.testing;

import dev.freshet.hub.fanout.Subscriber;
import dev.freshet.hub.fanout.SubscriberSink;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.observe.EndReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps all that it is sent, and is as slow, as broken and as unkind to the buffers it is lent as the test
 * wants. Confined to its lane.
 *
 * <p>Every call that breaks the contract of {@link SubscriberSink} throws an {@link AssertionError}: a write before
 * {@link Subscriber#onWritable} was called, or after the end.
 */
public final class RecordingSink extends RecordedStream implements SubscriberSink, SubscriberSink.Opener {
    private @Nullable Subscriber subscriber;
    private int maxPerWrite = Integer.MAX_VALUE;
    private long room = Long.MAX_VALUE;
    private long bytesUntilClosed = Long.MAX_VALUE;
    private boolean isWaiting;
    private boolean tellsEndLater;
    private boolean isEnded;
    private boolean isAborted;
    private boolean isGone;
    private int writes;

    /**
     * Creates a sink that takes everything.
     *
     * @param framing how events are wrapped
     */
    public RecordingSink(Framing framing) {
        super(framing);
    }

    // what the connection does

    /**
     * Takes no more than some bytes of each write. Whoever offers more has to wait for {@link #drain}.
     *
     * @param bytes how many, at least 0
     * @return this
     */
    public RecordingSink takingPerWrite(int bytes) {
        maxPerWrite = bytes;
        return this;
    }

    /**
     * Takes some bytes more, and then none until {@link #takeAll}.
     *
     * @param bytes how many, at least 0
     * @return this
     */
    public RecordingSink takingInAll(long bytes) {
        room = bytes;
        return this;
    }

    /**
     * Takes nothing until {@link #takeAll}.
     *
     * @return this
     */
    public RecordingSink block() {
        return takingInAll(0);
    }

    /**
     * Vanishes from within a write, after some bytes more.
     *
     * @param bytes how many, at least 0
     * @return this
     */
    public RecordingSink vanishingAfter(long bytes) {
        bytesUntilClosed = bytes;
        return this;
    }

    /**
     * Tells the subscriber of an {@link #end} or {@link #abort} only when {@link #close} is called.
     *
     * @return this
     */
    public RecordingSink tellingEndLater() {
        tellsEndLater = true;
        return this;
    }

    /** Takes everything from now on, and says so if somebody waits for it. */
    public void takeAll() {
        maxPerWrite = Integer.MAX_VALUE;
        room = Long.MAX_VALUE;
        drain();
    }

    /**
     * Says that it can take bytes again, if somebody waits for it.
     *
     * @return true if somebody waited
     */
    public boolean drain() {
        boolean waited = isWaiting && !isGone;
        isWaiting = false;
        if (waited) {
            subscriber().onWritable();
        }
        return waited;
    }

    /**
     * The client is gone.
     *
     * @param reason why
     */
    public void close(EndReason reason) {
        if (!isGone) {
            isGone = true;
            subscriber().onEnded(reason);
        }
    }

    // what the hub does

    @Override
    public SubscriberSink open(Subscriber opened, byte[] first) {
        subscriber = opened;
        begin(first);
        return this;
    }

    @Override
    public int write(ByteBuffer bytes) {
        require(!isEnded && !isAborted && !isGone, "write after the end");
        require(!isWaiting, "write to a sink that waits");
        require(bytes.isDirect() && bytes.hasRemaining(), "write of " + bytes);
        writes++;
        int offered = bytes.remaining();
        int taken = (int) Math.min(Math.min(offered, maxPerWrite), Math.min(room, bytesUntilClosed));
        boolean vanishes = taken == bytesUntilClosed;
        take(bytes, taken);
        if (vanishes) {
            close(EndReason.CLIENT_RESET);
            return CLOSED;
        }
        isWaiting = taken < offered;
        return taken;
    }

    @Override
    public void end() {
        require(!isEnded && !isAborted && !isGone, "end after the end");
        isEnded = true;
        tellEnd();
    }

    @Override
    public void abort() {
        require(!isEnded && !isAborted && !isGone, "abort after the end");
        isAborted = true;
        tellEnd();
    }

    // what came of it

    /**
     * Returns the subscriber.
     *
     * @return who writes here
     * @throws IllegalStateException if the sink was not opened
     */
    public Subscriber subscriber() {
        if (subscriber == null) {
            throw new IllegalStateException("sink: not open (expected: subscribed with it)");
        }
        return subscriber;
    }

    /**
     * Counts the writes.
     *
     * @return how often something was offered
     */
    public int writes() {
        return writes;
    }

    /**
     * Tells whether somebody waits for this sink.
     *
     * @return true after it took less than offered
     */
    public boolean isWaiting() {
        return isWaiting;
    }

    /**
     * Tells whether the stream was ended in good order.
     *
     * @return true after {@link #end}
     */
    public boolean isEnded() {
        return isEnded;
    }

    /**
     * Tells whether the connection was cut by the hub.
     *
     * @return true after {@link #abort}
     */
    public boolean isAborted() {
        return isAborted;
    }

    /**
     * Tells whether the subscriber knows that the connection is gone.
     *
     * @return true after its end was told
     */
    public boolean isGone() {
        return isGone;
    }

    /** Reads, and leaves the buffer in disorder, as it may. */
    private void take(ByteBuffer bytes, int taken) {
        byte[] copy = new byte[taken];
        bytes.get(copy);
        receive(copy);
        bytes.limit(bytes.position());
        room -= room == Long.MAX_VALUE ? 0 : taken;
        bytesUntilClosed -= bytesUntilClosed == Long.MAX_VALUE ? 0 : taken;
    }

    private void tellEnd() {
        if (!tellsEndLater) {
            close(EndReason.ENDED);
        }
    }

    private static void require(boolean isTrue, String otherwise) {
        if (!isTrue) {
            throw new AssertionError("sink: " + otherwise);
        }
    }
}
