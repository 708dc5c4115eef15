package dev.freshet.server.http.stream;

/** Told what happens to a {@link ByteStream}; called on its loop. */
public interface StreamListener {
    /** The kernel has room again, after a write that took fewer bytes than it was offered. */
    void onWritable();

    /**
     * The stream is closed. Called exactly once, and nothing is called after it; also after the caller's own end or abort,
     * then possibly from within that call.
     *
     * @param end why
     */
    void onClosed(StreamEnd end);
}
