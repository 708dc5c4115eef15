package dev.freshet.server.transport.loop;

/** A connection as its loop knows it: what ends with the server, unlike a stream. Confined to the loop. */
public interface LoopConnection {
    /** The server ends: the connection too, once it has answered. */
    void onServerClosing();
}
