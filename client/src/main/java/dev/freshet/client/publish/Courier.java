package dev.freshet.client.publish;

import dev.freshet.client.http.GivenHeaders;
import dev.freshet.client.http.ResponseHead;
import dev.freshet.client.publish.PublishException.Reason;
import dev.freshet.client.retry.RetryAfter;
import dev.freshet.client.transport.Loop;
import dev.freshet.client.transport.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Delivers parcels, one after the other, over one connection that it keeps. A parcel that fails is tried again before the
 * next is taken, so the order stays. Confined to its loop.
 *
 * <pre>
 *            a parcel is there            headers are there           answered, or given up
 *   IDLE ------------------------&gt; PREPARING ----------------&gt; SENDING ---------------------&gt; IDLE
 *                                      ^                          |
 *                                      +-------- WAITING &lt;--------+ may be tried again
 *
 *   stop() leads to STOPPED from everywhere.
 * </pre>
 */
final class Courier implements HubConnection.Listener {

    private enum State {
        IDLE,
        PREPARING,
        SENDING,
        WAITING,
        STOPPED
    }

    /** 502 and 504 are said by a proxy that did not hear the hub's own answer. */
    private static final Set<Integer> UNHEARD = Set.of(502, 504);

    private final PublisherOptions options;
    private final ParcelQueue parcels;
    private final Loop loop;
    private final HubConnection hub;
    private final Watchdog patience;
    private final AtomicBoolean isIdle = new AtomicBoolean(true);

    private State state = State.IDLE;
    private @Nullable Parcel parcel;
    /** Whether an earlier attempt of the parcel may have been published although its answer did not come. */
    private boolean isInDoubt;

    private @Nullable Future<?> timer;
    /** Attempts are numbered, so that what comes too late for one is not taken for the next. */
    private int attempt;

    Courier(PublisherOptions options, ParcelQueue parcels) {
        this.options = options;
        this.parcels = parcels;
        this.loop = options.transport().loops().next();
        this.hub = new HubConnection(options.transport(), loop, this);
        this.patience = new Watchdog(loop, options.limits().answerTimeout(), System::nanoTime, this::onTooLate);
    }

    /** Takes up work if there was none before; whether it did. Thread-safe. */
    boolean wake() {
        boolean woken = isIdle.compareAndSet(true, false);
        if (woken) {
            loop.execute(this::takeNext);
        }
        return woken;
    }

    /** Whether the caller runs on the loop that this courier needs to go on. */
    boolean inLoop() {
        return loop.inLoop();
    }

    /** Gives up the parcel under way and closes the connection; completes behind all that it told before. Thread-safe. */
    CompletableFuture<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loop.run(() -> {
            onStop();
            stopped.complete(null);
        });
        return stopped;
    }

    private void onStop() {
        state = State.STOPPED;
        patience.stop();
        if (timer != null) {
            timer.cancel(false);
        }
        hub.close();
        if (parcel != null) {
            parcel.fail(PublishException.of(Reason.CLOSED, "the publisher was closed before the answer"));
        }
    }

    private void takeNext() {
        if (state == State.STOPPED) {
            return;
        }
        state = State.IDLE;
        isInDoubt = false;
        parcel = parcels.poll().orElse(null);
        if (parcel != null) {
            prepare(parcel);
        } else {
            rest();
        }
    }

    private void rest() {
        isIdle.set(true);
        // A parcel that came in between found nobody idle.
        if (!parcels.isEmpty()) {
            wake();
        }
    }

    private void prepare(Parcel sent) {
        state = State.PREPARING;
        int number = ++attempt;
        patience.start();
        GivenHeaders.of(options.headers())
                .whenComplete((headers, failure) -> loop.run(() -> {
                    if (state == State.PREPARING && number == attempt) {
                        onHeaders(sent, headers, failure);
                    }
                }));
    }

    private void onHeaders(Parcel sent, @Nullable Map<String, String> headers, @Nullable Throwable failure) {
        if (headers != null) {
            send(sent, headers);
        } else if (failure != null) {
            tryAgain(Optional.empty(), noHeaders(failure));
        }
    }

    /** What a parcel says of itself, its key above all, goes before what the source says of all. */
    private void send(Parcel sent, Map<String, String> headers) {
        state = State.SENDING;
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(headers);
        sent.headers().keySet().forEach(given::remove);
        hub.send(options.request(sent.headers(), sent.body()).withHeaders(given), given.keySet());
    }

    @Override
    public void onAnswer(AnswerReader answer) {
        patience.stop();
        Parcel sent = parcel;
        if (sent == null) {
            return;
        }
        try {
            sent.answer().complete(answer.ids(sent.events()));
            takeNext();
        } catch (PublishException e) {
            onFailure(answer.head(), e);
        }
    }

    @Override
    public void onBroken(Throwable cause) {
        isInDoubt |= hub.mayHaveDelivered();
        tryAgain(Optional.empty(), noAnswer(cause));
    }

    @Override
    public void onUnusable(PublishException failure) {
        patience.stop();
        giveUp(failure);
    }

    private void onFailure(ResponseHead head, PublishException failure) {
        isInDoubt |= hub.hasRepeated() || UNHEARD.contains(head.status());
        if (options.retry().statuses().contains(head.status())) {
            tryAgain(head.header("Retry-After").flatMap(value -> RetryAfter.parse(value, Instant.now())), failure);
        } else {
            giveUp(failure);
        }
    }

    private void onTooLate() {
        TimeoutException cause =
                new TimeoutException("nothing within " + options.limits().answerTimeout());
        if (state == State.PREPARING) {
            tryAgain(Optional.empty(), noHeaders(cause));
        } else {
            isInDoubt |= hub.mayHaveDelivered();
            hub.close();
            tryAgain(Optional.empty(), noAnswer(cause));
        }
    }

    private void tryAgain(Optional<Duration> retryAfter, PublishException failure) {
        patience.stop();
        Parcel failed = parcel;
        if (failed == null) {
            return;
        }
        failed.backoff().next(retryAfter).ifPresentOrElse(wait -> waitFor(wait, failed), () -> giveUp(failure));
    }

    private void waitFor(Duration wait, Parcel failed) {
        state = State.WAITING;
        timer = loop.schedule(() -> prepare(failed), wait);
    }

    private void giveUp(PublishException failure) {
        if (parcel != null) {
            parcel.fail(isInDoubt ? failure.inDoubt() : failure);
        }
        // Not at once: a row of failures without a wait between them would become as deep a stack.
        loop.execute(this::takeNext);
    }

    private static PublishException noHeaders(Throwable cause) {
        return PublishException.of(Reason.NO_HEADERS, "no headers", cause);
    }

    private static PublishException noAnswer(Throwable cause) {
        return PublishException.of(Reason.NO_ANSWER, "no answer; the last attempt: " + cause, cause);
    }
}
