package dev.freshet.server.http;

/** The HTTP versions that a request may be written in. */
public enum HttpVersion {
    /** HTTP/1.0: no chunks, and a connection ends with its answer unless both sides say otherwise. */
    HTTP_1_0,
    /** HTTP/1.1, RFC 9112. */
    HTTP_1_1
}
