package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.start.Start;
import dev.freshet.hub.log.Cut;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.GapReason;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor on the log that belongs to one connection. Confined to its lane.
 *
 * <pre>
 *   READY       -- stands where its lane stands -----  LIVE
 *   READY       -- wants what left the window -------  READING
 *   READING     -- a page of it has come ------------  READY, or BLOCKED if its sink has cut a heartbeat meanwhile
 *   LIVE        -- a message for it alone -----------  READY
 *   LIVE, READY -- its sink took less than offered --  BLOCKED
 *   BLOCKED     -- onWritable -----------------------  READY
 *   these four  -- end ------------------------------  ENDING
 *   each        -- onEnded --------------------------  ENDED
 * </pre>
 *
 * <p>Once it is ENDING its sink was told, once, and nothing is written there any more.
 *
 * <p>While it is live its cursor is the lane's. While it is behind (READY, READING, BLOCKED) it has its own: the event that
 * comes next, how much of it was sent, and what has to be sent before, the end of a small event or the hub's own words.
 */
public final class Subscriber {
    /** Where a subscriber stands; drawn above. */
    enum State {
        LIVE,
        READY,
        READING,
        BLOCKED,
        ENDING,
        ENDED
    }

    private static final int RADIX = 36;

    private final Interest interest;
    private final long id;
    private @Nullable SubscriberSink sink;
    private State state = State.READY;
    private long next;
    private long knownThinned;
    private @Nullable Start owed;
    private byte @Nullable [] rest;
    private int sentBytes;
    private @Nullable EndReason endReason;
    private boolean wasLiveOrBlocked;
    private boolean isQueued;
    private int slot;
    private int stamp;

    /** An id of 0 is none. */
    Subscriber(Interest interest, long id, long next) {
        this.interest = interest;
        this.id = id;
        this.next = next;
    }

    static String idText(long id) {
        return Long.toUnsignedString(id, RADIX);
    }

    /** Reads what {@link #idText} wrote, and nothing else: an id has one spelling. */
    static Optional<Long> parseId(String text) {
        try {
            long id = Long.parseUnsignedLong(text, RADIX);
            return idText(id).equals(text) ? Optional.of(id) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the id by which this subscriber can be written to alone.
     *
     * @return the id, or empty if its subscription did not ask for one
     */
    public Optional<String> id() {
        return id == 0 ? Optional.empty() : Optional.of(idText(id));
    }

    /** The sink can take bytes again. Called by the sink. */
    public void onWritable() {
        lane().onWritable(this);
    }

    /**
     * The connection is gone. Called by the sink, on whatever end; only the first call counts.
     *
     * @param reason why, unless it was the hub that ended it
     */
    public void onEnded(EndReason reason) {
        lane().onEnded(this, endReason == null ? reason : endReason);
    }

    /** Ends the stream: in good order if it stands between two events, else by cutting it. Only the first call counts. */
    public void end() {
        end(EndReason.ENDED);
    }

    void end(EndReason reason) {
        if (isBetweenEvents()) {
            end(reason, SubscriberSink::end);
        } else {
            cut(reason);
        }
    }

    /** Cuts the connection, whatever it was in the middle of. */
    void cut(EndReason reason) {
        end(reason, SubscriberSink::abort);
    }

    private void end(EndReason reason, Consumer<SubscriberSink> order) {
        if (lane().beginEnd(this)) {
            endReason = reason;
            order.accept(sink());
        }
    }

    Lane lane() {
        return interest.lane();
    }

    Interest interest() {
        return interest;
    }

    void open(SubscriberSink.Opener opener, byte[] opening) {
        try {
            sink = opener.open(this, opening);
        } catch (RuntimeException e) {
            onEnded(EndReason.FAILURE);
            throw e;
        }
    }

    SubscriberSink sink() {
        if (sink == null) {
            throw new IllegalStateException("subscriber: not open (expected: its sink's opener has returned)");
        }
        return sink;
    }

    long numericId() {
        return id;
    }

    State state() {
        return state;
    }

    void state(State to) {
        state = to;
        wasLiveOrBlocked |= to == State.LIVE || to == State.BLOCKED;
    }

    /** The offset of the first event that it has not been sent, while it is behind. */
    long next() {
        return next;
    }

    void next(long offset) {
        next = offset;
        sentBytes = 0;
    }

    /** How much of the next event it was sent, in bytes with their frame. */
    int sentBytes() {
        return sentBytes;
    }

    /** Its sink took less than it was offered. */
    void stopAt(Cut cut) {
        next = cut.next();
        sentBytes = cut.sentBytes();
        rest = cut.rest().length == 0 ? null : cut.rest();
    }

    /** Whether something else than the rest of an event may be sent. */
    boolean isBetweenEvents() {
        return rest == null && sentBytes == 0;
    }

    /** Whether its sink may be offered something that is not the next thing it waits for. */
    boolean mayBeOffered() {
        return switch (state) {
            case LIVE -> true;
            case READY, READING -> isBetweenEvents();
            case BLOCKED, ENDING, ENDED -> false;
        };
    }

    /** Whether it is in the queue of those that wait for their turn to catch up. */
    boolean isQueued() {
        return isQueued;
    }

    void isQueued(boolean is) {
        isQueued = is;
    }

    /** How far rules of the log had thinned out what it wants, when it was last told of that or began behind it. */
    long knownThinned() {
        return knownThinned;
    }

    void knownThinned(long upTo) {
        knownThinned = upTo;
    }

    /** The gap that it is to be told of as soon as it is known where it goes on; only while that lies in the history. */
    @Nullable Start owed() {
        return owed;
    }

    void owed(@Nullable Start gap) {
        owed = gap;
    }

    /**
     * Why events are gone that it is to be sent next. Who was live once, or had a full sink, fell behind on this connection; else
     * it is still on the way from the place that it asked for.
     */
    GapReason reasonOfGap() {
        return wasLiveOrBlocked ? GapReason.SLOW : GapReason.EXPIRED;
    }

    /** What is left of a small event that the sink cut, or of a message from the hub itself. */
    byte @Nullable [] rest() {
        return rest;
    }

    void rest(byte @Nullable [] bytes) {
        rest = bytes;
    }

    /** Its place in the interest's array. */
    int slot() {
        return slot;
    }

    void slot(int place) {
        slot = place;
    }

    /** The last round that came by. */
    int stamp() {
        return stamp;
    }

    void stamp(int round) {
        stamp = round;
    }
}
