package dev.freshet.hub.log;

/** How an event's bytes are wrapped on a connection. */
public enum Framing {
    /** Each event is one chunk of HTTP/1.1 (RFC 9112, 7.1); a run of events is sent as it lies in the window. */
    CHUNKED,
    /** Nothing is put around an event. */
    PLAIN
}
