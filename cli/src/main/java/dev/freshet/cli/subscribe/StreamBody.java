package dev.freshet.cli.subscribe;

import dev.freshet.cli.http.Outage;
import dev.freshet.codec.EventStreamException;
import dev.freshet.codec.EventStreamParser;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the bytes of one response to the parser and prints what it finds. It asks for more bytes only when it has printed
 * those before, so that a slow output slows the server down and nothing piles up here.
 *
 * <p>Thread-safe: its lock keeps a connection that was given up from feeding beside its successor.
 */
final class StreamBody implements BodySubscriber<Ending> {
    private final EventStreamParser parser;
    private final Printer printer;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Flow.@Nullable Subscription subscription;
    private long lastBytesNanos = System.nanoTime();

    StreamBody(EventStreamParser parser, Printer printer) {
        this.parser = parser;
        this.printer = printer;
    }

    @Override
    public CompletionStage<Ending> getBody() {
        return ending;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        lock.lock();
        try {
            subscription = newSubscription;
            if (ending.isDone()) {
                newSubscription.cancel();
            } else {
                newSubscription.request(1);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        lock.lock();
        try {
            if (!ending.isDone()) {
                takeAll(bytes);
                lastBytesNanos = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable failure) {
        String reason = failure instanceof IOException e ? Outage.reason(e) : String.valueOf(failure.getMessage());
        ending.complete(new Ending.Broken(reason, 0));
    }

    @Override
    public void onComplete() {
        ending.complete(new Ending.Paused());
    }

    /** Gives the connection up if it was silent for so long; not while its bytes are being printed. */
    boolean endIfIdle(long maxIdleMs) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            long idleMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastBytesNanos);
            if (idleMs >= maxIdleMs) {
                end(new Ending.Paused());
            }
            return idleMs >= maxIdleMs;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the printing under way; nothing is printed after it. */
    void abandon() {
        lock.lock();
        try {
            end(new Ending.Paused());
        } finally {
            lock.unlock();
        }
    }

    private void takeAll(List<ByteBuffer> bytes) {
        try {
            bytes.forEach(parser::feed);
            printer.flush();
            askForMore();
        } catch (EventStreamException e) {
            end(new Ending.Refused("stream: " + e.getMessage()));
        } catch (IOException e) {
            end(outputFailed(String.valueOf(e.getMessage())));
        }
    }

    /** That nobody reads any more, as in {@code | head}, is no failure; a full disk is one. */
    private static Ending outputFailed(String message) {
        return message.toLowerCase(Locale.ROOT).contains("pipe")
                ? new Ending.Finished()
                : new Ending.Refused("standard output: " + message);
    }

    private void askForMore() {
        if (printer.isDone()) {
            end(new Ending.Finished());
        } else if (subscription != null) {
            subscription.request(1);
        }
    }

    private void end(Ending how) {
        ending.complete(how);
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
