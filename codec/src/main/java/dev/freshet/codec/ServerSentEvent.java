package dev.freshet.codec;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One event of an event stream (WHATWG HTML 9.2). Immutable.
 *
 * <p>What could inject a line or a field into the stream cannot be built: {@code id} and {@code type} hold no CR, LF or
 * NUL, and no text holds a lone surrogate. Data may hold line ends; a reader gets each of them, CRLF, CR or LF, as LF.
 *
 * @param id the last event id from this event on; the empty string resets it, an absent id keeps the one before
 * @param type the name that listeners subscribe to; the empty string is taken as {@value #DEFAULT_TYPE}
 * @param data the payload, of any length and possibly empty
 * @param retryMs the time in milliseconds that a reader waits before it connects again, if this event changes it
 */
public record ServerSentEvent(Optional<String> id, String type, String data, OptionalLong retryMs) {

    /** The type of an event that names none. */
    public static final String DEFAULT_TYPE = "message";

    /**
     * Validates the event.
     *
     * @param id the last event id from this event on, if it changes it
     * @param type the name that listeners subscribe to
     * @param data the payload
     * @param retryMs the time to wait before connecting again, if it changes it
     * @throws IllegalArgumentException if id or type holds CR, LF or NUL, if any text holds a lone surrogate, or if
     *     retryMs is negative
     */
    public ServerSentEvent {
        id.ifPresent(value -> FieldRules.requireLine("id", value));
        type = type.isEmpty() ? DEFAULT_TYPE : FieldRules.requireLine("type", type);
        FieldRules.requireText("data", data);
        retryMs.ifPresent(FieldRules::requireRetry);
    }

    /**
     * An event of the default type, without id.
     *
     * @param data the payload
     * @return the event
     * @throws IllegalArgumentException if data holds a lone surrogate
     */
    public static ServerSentEvent of(String data) {
        return of(DEFAULT_TYPE, data);
    }

    /**
     * An event without id.
     *
     * @param type the name that listeners subscribe to
     * @param data the payload
     * @return the event
     * @throws IllegalArgumentException if type holds CR, LF or NUL, or either holds a lone surrogate
     */
    public static ServerSentEvent of(String type, String data) {
        return new ServerSentEvent(Optional.empty(), type, data, OptionalLong.empty());
    }

    /**
     * This event with an id.
     *
     * @param newId the id; the empty string resets the reader's last event id
     * @return a copy
     * @throws IllegalArgumentException if newId holds CR, LF, NUL or a lone surrogate
     */
    public ServerSentEvent withId(String newId) {
        return new ServerSentEvent(Optional.of(newId), type, data, retryMs);
    }

    /**
     * This event with a reconnection time.
     *
     * @param newRetryMs the time in milliseconds
     * @return a copy
     * @throws IllegalArgumentException if newRetryMs is negative
     */
    public ServerSentEvent withRetryMs(long newRetryMs) {
        return new ServerSentEvent(id, type, data, OptionalLong.of(newRetryMs));
    }
}
