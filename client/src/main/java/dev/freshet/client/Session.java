package dev.freshet.client;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.http.ClientRequest;
import dev.freshet.client.retry.Backoff;
import dev.freshet.client.transport.Loop;
import dev.freshet.codec.EventStreamException;
import dev.freshet.codec.EventStreamParser;
import dev.freshet.codec.ServerSentEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One stream: attempt after attempt, and what they bring, handed to a receiver as far as it asks (WHATWG HTML 9.2.3).
 * Confined to its loop, but for what says otherwise.
 *
 * <pre>
 *               wait is over and                 stream is open
 *               all is handed on
 *   WAITING ----------------------&gt; TRYING ------------------------&gt; OPEN
 *     ^ ^                             |                                |
 *     | +------- may be tried again --+                                |
 *     +--------- may be tried again -----------------------------------+
 *                                     |                                |
 *                                     +--- else ---------&gt; ENDED &lt;-----+
 *
 *   close() leads to ENDED from everywhere, without another word to the receiver.
 * </pre>
 *
 * <p>A session reads no more bytes, and makes no new attempt, while a delivery waits for its receiver: a slow receiver slows
 * the socket, and nothing piles up.
 */
final class Session implements Attempt.Listener, EventStreamParser.Handler {

    private enum State {
        WAITING,
        TRYING,
        OPEN,
        ENDED
    }

    /** Where the deliveries go. Called on the loop, never after the session was closed. */
    interface Receiver {

        /** Takes an event that was asked for, or an id that nobody has to ask for. What goes wrong is told to the session. */
        void onDelivery(Session session, Delivery delivery);

        /** Nothing follows. */
        void onEnd(Session session);
    }

    private final StreamOptions options;
    private final Receiver receiver;
    private final Loop loop;
    private final Deliveries deliveries;
    private final EventStreamParser parser;
    private final Backoff backoff;

    private final CompletableFuture<Closed> end = new CompletableFuture<>();

    private volatile EventSource.ReadyState readyState = EventSource.ReadyState.CONNECTING;
    private volatile boolean isClosed;

    private State state = State.WAITING;
    private @Nullable Attempt attempt;
    private @Nullable Future<?> timer;
    private boolean isDue;
    private Optional<Closed> lastEvent = Optional.empty();

    Session(StreamOptions options, String lastEventId, Receiver receiver) {
        this.options = options;
        this.receiver = receiver;
        this.loop = options.transport().loops().next();
        this.deliveries = new Deliveries(this::deliver, lastEventId);
        this.parser = new EventStreamParser(this, options.limits().parser(), lastEventId);
        this.backoff = new Backoff(options.retry(), System::nanoTime, new SplittableRandom());
    }

    /** Makes the first attempt. Called once, by any thread. */
    void start() {
        loop.execute(this::onDue);
    }

    /** Lets so many more events come. Thread-safe. */
    void request(long more) {
        loop.run(() -> {
            deliveries.request(more);
            pump();
        });
    }

    /** Ends the session without another word to the receiver. Thread-safe. */
    void close() {
        isClosed = true;
        end.cancel(false);
        try {
            loop.run(this::stop);
        } catch (RejectedExecutionException e) {
            // The loop is shut down, and has closed the connection.
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    /** The last event, once it is handed on; fails if the session is closed before. Thread-safe. */
    CompletableFuture<Closed> end() {
        return end.copy();
    }

    /** Thread-safe. */
    EventSource.ReadyState readyState() {
        // The loop may be about to write another state, which it had read before the close.
        return isClosed ? EventSource.ReadyState.CLOSED : readyState;
    }

    /** Ends the session, and runs what tells its receiver so, unless it was closed before. Thread-safe. */
    void closeWith(Runnable lastWord) {
        loop.run(() -> {
            if (!isClosed) {
                close();
                lastWord.run();
            }
        });
    }

    /** The receiver could not handle a delivery: what waits is dropped, and a last event says why. Thread-safe. */
    void fail(Reason reason, Throwable cause) {
        loop.run(() -> onFailure(reason, cause));
    }

    @Override
    public void onOpen() {
        state = State.OPEN;
        readyState = EventSource.ReadyState.OPEN;
        deliveries.add(new StreamEvent.Opened(parser.lastEventId()), parser.lastEventId());
        pump();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        try {
            parser.feed(bytes);
        } catch (EventStreamException e) {
            cancelAttempt();
            onOver(Attempt.Ending.of(Reason.TOO_LARGE, e));
        }
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        backoff.succeeded();
        String id = event.id().orElse("");
        deliveries.add(Gaps.read(new StreamEvent.Message(event.type(), event.data(), id)), id);
    }

    @Override
    public void onComment(String text) {
        backoff.succeeded();
        deliveries.add(new StreamEvent.Comment(text), parser.lastEventId());
    }

    @Override
    public void onRetry(long retryMs) {
        backoff.serverSays(retryMs);
    }

    @Override
    public void onPause() {
        deliveries.addId(parser.lastEventId());
        pump();
    }

    @Override
    public void onOver(Attempt.Ending ending) {
        deliveries.addId(parser.lastEventId());
        parser.reset();
        attempt = null;
        Optional<Duration> wait = mayTryAgain(ending) ? backoff.next(ending.retryAfter()) : Optional.empty();
        Closed closed = new Closed(ending.reason(), ending.status(), ending.cause(), wait);
        lastEvent = Optional.of(closed);
        wait.ifPresentOrElse(this::waitFor, this::finish);
        deliveries.add(closed, parser.lastEventId());
        pump();
    }

    private boolean mayTryAgain(Attempt.Ending ending) {
        boolean isChosen = ending.status().isPresent()
                && options.retry().statuses().contains(ending.status().getAsInt());
        return ending.reason().isPassing() || isChosen;
    }

    private void waitFor(Duration wait) {
        state = State.WAITING;
        readyState = EventSource.ReadyState.CONNECTING;
        timer = loop.schedule(this::onDue, wait);
    }

    private void finish() {
        state = State.ENDED;
        readyState = EventSource.ReadyState.CLOSED;
    }

    private void onDue() {
        isDue = true;
        pump();
    }

    /** Hands on what is asked for; once all is handed on, and the receiver returned, does what waited for that. */
    private void pump() {
        if (deliveries.isDraining()) {
            return;
        }
        deliveries.drain();
        if (isClosed || !deliveries.isEmpty()) {
            return;
        }
        switch (state) {
            case WAITING -> tryIfDue();
            case OPEN -> read();
            case ENDED -> tellEnd();
            case TRYING -> {}
        }
    }

    private void tryIfDue() {
        if (isDue) {
            isDue = false;
            state = State.TRYING;
            attempt = new Attempt(options, loop, nextRequest(), this);
            attempt.start();
        }
    }

    private void read() {
        if (attempt != null) {
            attempt.read();
        }
    }

    private void tellEnd() {
        if (end.complete(lastEvent.orElseThrow())) {
            receiver.onEnd(this);
        }
    }

    /** What the options ask for, and the id; never what a redirect led to. */
    private ClientRequest nextRequest() {
        String id = parser.lastEventId();
        return id.isEmpty() ? options.request() : options.request().withHeaders(Map.of("Last-Event-ID", id));
    }

    private void deliver(Delivery delivery) {
        if (!isClosed) {
            receiver.onDelivery(this, delivery);
        }
    }

    private void onFailure(Reason reason, Throwable cause) {
        if (isClosed || state == State.ENDED) {
            // Nobody is left who could be told by an event.
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), cause);
            return;
        }
        deliveries.clear();
        cancelAttempt();
        onOver(Attempt.Ending.of(reason, cause));
    }

    private void stop() {
        finish();
        deliveries.clear();
        cancelAttempt();
    }

    private void cancelAttempt() {
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
