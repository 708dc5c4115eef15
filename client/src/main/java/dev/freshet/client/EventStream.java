package dev.freshet.client;

import dev.freshet.client.resume.StoredId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A stream that is read by a thread which waits for its events: for scripts, and for programs with virtual threads.
 *
 * <p>An event counts as handled, and its id is kept, when the next one is asked for. A reader that is slow slows the socket.
 * One thread at a time reads; {@link #close} may be called by any.
 */
public final class EventStream implements Iterable<StreamEvent>, AutoCloseable {

    private final StoredId stored;
    private final Handover handover = new Handover();
    private final Session session;
    private final Reader reader;

    EventStream(StreamOptions options, StoredId stored, String lastEventId) {
        this.stored = stored;
        this.session = new Session(options, lastEventId, handover);
        this.reader = new Reader(stored.value());
    }

    void open() {
        handover.open(session);
        session.start();
    }

    /**
     * The events, of which each is there once, however many iterators are asked for.
     *
     * @return waits in {@code hasNext}, which throws {@link CancellationException} if its thread is interrupted and
     *     {@link UncheckedIOException}, or what else its store threw, if the last event id could not be kept; either closes
     *     the stream
     */
    @Override
    public Iterator<StreamEvent> iterator() {
        return reader;
    }

    /**
     * The events like {@link #iterator}.
     *
     * @return closes this when it is closed
     */
    public Stream<StreamEvent> stream() {
        Spliterator<StreamEvent> events = Spliterators.spliteratorUnknownSize(
                reader, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        return StreamSupport.stream(events, false).onClose(this::close);
    }

    /**
     * The messages alone; what else the stream tells is passed over, but for a failure that no attempt follows.
     *
     * @return closes this when it is closed; ends when the server ends the stream for good, and throws
     *     {@link UncheckedIOException} with reason and status if it is over for another reason
     */
    public Stream<StreamEvent.Message> messages() {
        return stream()
                .peek(EventStream::requireNotFailed)
                .filter(StreamEvent.Message.class::isInstance)
                .map(StreamEvent.Message.class::cast);
    }

    /**
     * The end of the stream, which tells a reader of messages alone why there are no more.
     *
     * @return completes on a loop with the last event, once it was read ahead and no attempt follows; fails if the stream
     *     is closed before
     */
    public CompletableFuture<StreamEvent.Closed> end() {
        return session.end();
    }

    /** Closes the stream at once; whoever waits for an event finds its end. */
    @Override
    public void close() {
        session.close();
        handover.abandon();
    }

    private static void requireNotFailed(StreamEvent event) {
        if (event instanceof StreamEvent.Closed closed && closed.isFailure()) {
            String status =
                    closed.status().isPresent() ? ", status " + closed.status().getAsInt() : "";
            throw new UncheckedIOException(new IOException(
                    "the stream is over: " + closed.reason() + status,
                    closed.cause().orElse(null)));
        }
    }

    /** One event ahead of its user. Confined to one thread at a time. */
    private final class Reader implements Iterator<StreamEvent> {

        private Optional<StreamEvent> next = Optional.empty();
        private String handledId;

        Reader(String handledId) {
            this.handledId = handledId;
        }

        @Override
        public boolean hasNext() {
            return isThere() && !session.isClosed();
        }

        /** An event that {@link #hasNext} promised comes, although another thread closes the stream in between. */
        @Override
        public StreamEvent next() {
            if (!isThere()) {
                throw new NoSuchElementException("the stream is closed");
            }
            StreamEvent event = next.orElseThrow();
            next = Optional.empty();
            return event;
        }

        private boolean isThere() {
            while (next.isEmpty()) {
                Optional<Delivery> delivery = nextDelivery();
                if (delivery.isEmpty()) {
                    return false;
                }
                next = delivery.get().event();
                handledId = delivery.get().lastEventId();
            }
            return true;
        }

        private Optional<Delivery> nextDelivery() {
            if (session.isClosed()) {
                return Optional.empty();
            }
            keepHandled();
            try {
                return handover.take(session);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
                throw new CancellationException("interrupted while waiting for an event");
            }
        }

        private void keepHandled() {
            try {
                stored.replace(handledId);
            } catch (IOException e) {
                close();
                throw new UncheckedIOException("last event id not kept", e);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }
    }
}
