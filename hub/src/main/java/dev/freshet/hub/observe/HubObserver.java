package dev.freshet.hub.observe;

/**
 * Is told what happens in the hub. Called on the thread where it happens; must be thread-safe, return at once and never
 * throw.
 */
public interface HubObserver {
    /** Ignores everything. */
    HubObserver NONE = new HubObserver() {};

    /**
     * Events were appended to the log.
     *
     * @param events how many
     * @param sizeBytes their encoded size
     */
    default void onAppended(int events, long sizeBytes) {}

    /** An append was refused since too many were waiting. */
    default void onQueueFull() {}

    /**
     * A subscriber's stream began.
     *
     * @param lane the lane's number
     */
    default void onSubscribed(int lane) {}

    /**
     * A subscriber's stream ended.
     *
     * @param lane the lane's number
     * @param reason why
     */
    default void onEnded(int lane, EndReason reason) {}

    /**
     * A subscriber's connection took less than it was offered; it has to catch up.
     *
     * @param lane the lane's number
     */
    default void onBehind(int lane) {}

    /**
     * A subscriber was told that events are missing.
     *
     * @param lane the lane's number
     * @param reason why
     */
    default void onGap(int lane, GapReason reason) {}

    /**
     * A lane has handed new events to all of its live subscribers.
     *
     * @param lane the lane's number
     * @param events how many events
     * @param writes how many writes it took
     */
    default void onSwept(int lane, long events, long writes) {}

    /**
     * The hub met an error that is its own.
     *
     * @param where what it was doing
     * @param failure the error
     */
    default void onFailure(String where, Throwable failure) {}
}
