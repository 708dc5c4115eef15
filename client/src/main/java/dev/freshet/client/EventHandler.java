package dev.freshet.client;

/**
 * Takes what a stream tells, one event at a time and in order; not called any more after {@link EventSource#close()}, but for
 * one call that another thread has begun, or is about to begin, when the stream is closed.
 *
 * <p>An exception ends the stream: its event is not taken for handled, so a stream with an id store gets it again when it is
 * next opened.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * An event of the stream.
     *
     * @param message the event
     * @throws Exception ends the stream
     */
    void onMessage(StreamEvent.Message message) throws Exception;

    /**
     * Events are missing here.
     *
     * @param gap what is known of it
     * @throws Exception ends the stream
     */
    default void onGap(StreamEvent.Gap gap) throws Exception {}

    /**
     * A comment.
     *
     * @param comment the comment
     * @throws Exception ends the stream
     */
    default void onComment(StreamEvent.Comment comment) throws Exception {}

    /**
     * The stream is open.
     *
     * @param opened where it begins
     * @throws Exception ends the stream
     */
    default void onOpened(StreamEvent.Opened opened) throws Exception {}

    /**
     * A connection, or an attempt to make one, is over.
     *
     * @param closed why, and whether there will be another
     * @throws Exception ends the stream
     */
    default void onClosed(StreamEvent.Closed closed) throws Exception {}
}
