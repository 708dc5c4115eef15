package dev.freshet.client;

import dev.freshet.client.resume.StoredId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * A stream of Server-Sent Events that is open until it is closed or its server ends it for good (WHATWG HTML 9.2). Comes in
 * three shapes: callbacks ({@link #open}), {@link Flow.Publisher} ({@link #publisher}), and a blocking iterator
 * ({@link #read}). Thread-safe.
 */
public final class EventSource implements AutoCloseable {

    private final URI uri;
    private final Session session;

    private EventSource(StreamOptions options, Session session) {
        this.uri = options.request().uri();
        this.session = session;
    }

    /** How a stream stands (WHATWG HTML 9.2.2). */
    public enum ReadyState {
        /** Not open yet, or not again yet. */
        CONNECTING,
        /** Events may come. */
        OPEN,
        /** Nothing comes any more. */
        CLOSED
    }

    /**
     * Opens a stream whose handler runs on the loop that reads it, and so does its id store: one that writes to a disk or a
     * database holds up the other streams of that loop, and is better opened with an executor.
     *
     * @param options what the stream is to be
     * @param handler must not block, since other streams share its loop
     * @return the stream, which is connecting
     * @throws UncheckedIOException if the last event id cannot be read from its store
     */
    public static EventSource open(StreamOptions options, EventHandler handler) {
        StoredId stored = load(options);
        Session session = new Session(options, firstId(options, stored), new Handling(handler, stored));
        session.request(Long.MAX_VALUE);
        session.start();
        return new EventSource(options, session);
    }

    /**
     * Opens a stream whose handler runs on an executor.
     *
     * @param options what the stream is to be
     * @param handler may block if the executor allows it; while it does, no more than some events are read ahead
     * @param executor runs the handler, one event at a time. It must run or reject what it is given: a task that it drops, as
     *     {@code shutdownNow} does, leaves a stream that hears nothing any more and does not end; close the stream first
     * @return the stream, which is connecting
     * @throws UncheckedIOException if the last event id cannot be read from its store
     */
    public static EventSource open(StreamOptions options, EventHandler handler, Executor executor) {
        StoredId stored = load(options);
        ExecutorReceiver receiver = new ExecutorReceiver(new Handling(handler, stored), executor);
        Session session = new Session(options, firstId(options, stored), receiver);
        receiver.open(session);
        session.start();
        return new EventSource(options, session);
    }

    /**
     * A publisher that opens a stream for each of its subscribers, and reads as much as it requests.
     *
     * <p>An event counts as handled, and its id is kept, when {@code onNext} returned and the subscriber had not cancelled. A
     * pipeline that hands events to other threads takes them for handled before they are; one that must not lose any keeps
     * their ids itself, and gives the last to {@link StreamOptions#withInitialId}.
     *
     * @param options what the streams are to be; with an id store, for one subscriber alone
     * @return completes after the last {@link StreamEvent.Closed}; its subscribers are called on a loop and must not block.
     *     It fails only if an id store does, with whatever that threw
     */
    public static Flow.Publisher<StreamEvent> publisher(StreamOptions options) {
        return new FlowStream(options);
    }

    /**
     * Opens a stream that is read by a thread which waits for its events.
     *
     * @param options what the stream is to be
     * @return the stream, which is connecting
     * @throws UncheckedIOException if the last event id cannot be read from its store
     */
    public static EventStream read(StreamOptions options) {
        StoredId stored = load(options);
        EventStream stream = new EventStream(options, stored, firstId(options, stored));
        stream.open();
        return stream;
    }

    /**
     * Where the stream was opened, redirects aside.
     *
     * @return the URI of the options
     */
    public URI uri() {
        return uri;
    }

    /**
     * How the stream stands.
     *
     * @return the state just now
     */
    public ReadyState readyState() {
        return session.readyState();
    }

    /**
     * The end of the stream: for programs that have nothing else to do than to wait for it, and for those that want to know
     * why without a handler of their own.
     *
     * @return completes on a loop with the last event, once no attempt follows; fails if the stream is closed before
     */
    public CompletableFuture<StreamEvent.Closed> end() {
        return session.end();
    }

    /**
     * Ends the stream at once: the handler is not called any more. May be called by any thread and by the handler. Does not
     * wait for the one call that another thread may have begun, or be about to begin.
     */
    @Override
    public void close() {
        session.close();
    }

    /** What was kept goes before what the options say. */
    static String firstId(StreamOptions options, StoredId stored) {
        return stored.value().isEmpty() ? options.resume().initialId() : stored.value();
    }

    private static StoredId load(StreamOptions options) {
        try {
            return StoredId.load(options.resume().store());
        } catch (IOException e) {
            throw new UncheckedIOException("last event id not read", e);
        }
    }
}
