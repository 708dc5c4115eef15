package dev.freshet.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a stream tells its handler. All are immutable. */
public sealed interface StreamEvent {

    /**
     * Gives this event to the method of a handler that takes its kind.
     *
     * @param handler the handler
     * @throws Exception if the handler throws it
     */
    void tell(EventHandler handler) throws Exception;

    /**
     * An event of the stream (WHATWG HTML 9.2.6).
     *
     * @param type its name; {@code message} if the server gave none
     * @param data its payload, lines separated by LF; may be empty
     * @param lastEventId the id to resume after; that of an earlier event if this one had none, empty if none had
     */
    record Message(String type, String data, String lastEventId) implements StreamEvent {
        @Override
        public void tell(EventHandler handler) throws Exception {
            handler.onMessage(this);
        }
    }

    /**
     * A comment, often a heartbeat.
     *
     * @param text all that follows the colon
     */
    record Comment(String text) implements StreamEvent {
        @Override
        public void tell(EventHandler handler) throws Exception {
            handler.onComment(this);
        }
    }

    /**
     * The stream is open, for the first time or again.
     *
     * @param resumedAfter the last event id that was sent; empty if none was
     */
    record Opened(String resumedAfter) implements StreamEvent {
        @Override
        public void tell(EventHandler handler) throws Exception {
            handler.onOpened(this);
        }
    }

    /**
     * A connection, or an attempt to make one, is over. Where the standard fires {@code error}.
     *
     * @param reason why
     * @param status that of the response, if there was one
     * @param cause what was thrown, if anything was
     * @param reconnectsIn how long until the next attempt; empty if there is none, and then this is the last event
     */
    record Closed(Reason reason, OptionalInt status, Optional<Throwable> cause, Optional<Duration> reconnectsIn)
            implements StreamEvent {

        /** Why a connection is over. */
        public enum Reason {
            /** The server ended the stream. */
            ENDED,
            /** The connection broke while the stream was open; what came of an incomplete event is dropped, its id too. */
            CUT,
            /** No byte came for longer than {@link StreamLimits#stallTimeout()}. */
            STALLED,
            /** There was no connection, or it broke before the response. */
            UNREACHABLE,
            /** No response came within {@link StreamLimits#openTimeout()}. */
            NO_RESPONSE,
            /** The headers of the attempt could not be had, or not in time. */
            NO_HEADERS,
            /** 204: the server asks not to come again. */
            NO_CONTENT,
            /** Another status than 200. */
            REFUSED,
            /** Not {@code text/event-stream}, or compressed, which was not asked for. */
            WRONG_TYPE,
            /** A redirect without a place to go to, to none that may be gone to, or one too many. */
            BAD_REDIRECT,
            /** A line or an event is larger than {@link StreamLimits#parser()} allows. */
            TOO_LARGE,
            /** The handler threw an exception; its event does not count as handled. */
            HANDLER_FAILED,
            /** The last event id could not be kept. */
            STORE_FAILED;

            /** Whether another attempt may help although no policy asks for it. */
            boolean isPassing() {
                return switch (this) {
                    case ENDED, CUT, STALLED, UNREACHABLE, NO_RESPONSE, NO_HEADERS -> true;
                    case NO_CONTENT, REFUSED, WRONG_TYPE, BAD_REDIRECT, TOO_LARGE, HANDLER_FAILED, STORE_FAILED ->
                        false;
                };
            }
        }

        /** Whether the stream is over, and not since the server wanted it so. */
        boolean isFailure() {
            return reconnectsIn.isEmpty() && reason != Reason.ENDED && reason != Reason.NO_CONTENT;
        }

        @Override
        public void tell(EventHandler handler) throws Exception {
            handler.onClosed(this);
        }
    }

    /**
     * Events are missing here: the hub no longer had what was asked for, and goes on with what it has.
     *
     * @param reason {@code expired}, {@code unknown} or {@code slow}; an event of type {@code gap} with any other is a message
     * @param requested what was asked for, if it was an id or a time
     * @param earliest the id of the first event that is there, if there is one
     * @param message the event as it came
     */
    record Gap(String reason, Optional<String> requested, Optional<String> earliest, Message message)
            implements StreamEvent {

        /**
         * The id to resume after.
         *
         * @return that of the message
         */
        public String lastEventId() {
            return message.lastEventId();
        }

        @Override
        public void tell(EventHandler handler) throws Exception {
            handler.onGap(this);
        }
    }
}
