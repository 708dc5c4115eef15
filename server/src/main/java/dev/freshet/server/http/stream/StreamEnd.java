package dev.freshet.server.http.stream;

/** Why a stream was closed. */
public enum StreamEnd {
    /** The client closed the connection, or its half of it. */
    CLIENT_CLOSED,
    /** The client's connection was reset, or the client vanished: it acknowledged or took nothing for too long. */
    CLIENT_RESET,
    /** The server ended the stream in good order. */
    ENDED,
    /** The server broke the stream off. */
    ABORTED,
    /** The network failed otherwise. */
    IO_ERROR,
    /** The server shut down before the stream had ended. */
    SERVER_CLOSED
}
