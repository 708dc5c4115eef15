package dev.freshet.hub.observe;

/** Why a subscriber's stream ended; every end has exactly one. */
public enum EndReason {
    /** The client closed its connection. */
    CLIENT_CLOSED,
    /** The client reset its connection, or vanished. */
    CLIENT_RESET,
    /** The hub is shutting down. */
    SHUTDOWN,
    /** Somebody asked the hub to end this stream. */
    ENDED,
    /** Reading from or writing to the connection failed. */
    IO_ERROR,
    /** It was so slow that the event in whose middle it stood is no longer retained; its client comes back and is told. */
    SLOW,
    /** The hub met an error of its own; it is told to {@link HubObserver#onFailure}. */
    FAILURE
}
