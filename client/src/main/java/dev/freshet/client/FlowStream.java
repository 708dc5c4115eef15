package dev.freshet.client;

import dev.freshet.client.resume.StoredId;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Flow;

/** A stream for each subscriber, with its back-pressure: what is not requested stays with the server. Thread-safe. */
final class FlowStream implements Flow.Publisher<StreamEvent> {

    private final StreamOptions options;

    FlowStream(StreamOptions options) {
        this.options = options;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super StreamEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        StoredId stored;
        try {
            stored = StoredId.load(options.resume().store());
        } catch (IOException | RuntimeException e) {
            subscriber.onSubscribe(new Nothing());
            subscriber.onError(e);
            return;
        }
        new Subscription(options, stored, subscriber).open();
    }

    /** One subscriber's stream. Its subscriber is called on the session's loop. */
    private static final class Subscription implements Flow.Subscription, Session.Receiver {

        private final StoredId stored;
        private final Flow.Subscriber<? super StreamEvent> subscriber;
        private final Session session;

        Subscription(StreamOptions options, StoredId stored, Flow.Subscriber<? super StreamEvent> subscriber) {
            this.stored = stored;
            this.subscriber = subscriber;
            this.session = new Session(options, EventSource.firstId(options, stored), this);
        }

        void open() {
            subscriber.onSubscribe(this);
            session.start();
        }

        @Override
        public void request(long n) {
            if (n > 0) {
                session.request(n);
            } else {
                session.closeWith(() ->
                        subscriber.onError(new IllegalArgumentException("n: " + n + " (expected: > 0, by rule 3.9)")));
            }
        }

        @Override
        public void cancel() {
            session.close();
        }

        @Override
        public void onDelivery(Session from, Delivery delivery) {
            tell(from, delivery);
            // Whoever cancels within the call, as operators do whose function throws, has not handled the event.
            if (!from.isClosed()) {
                keep(from, delivery.lastEventId());
            }
        }

        private void tell(Session from, Delivery delivery) {
            try {
                delivery.event().ifPresent(subscriber::onNext);
            } catch (Throwable e) {
                // Rule 2.13: whoever throws has cancelled.
                from.close();
                Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
            }
        }

        private void keep(Session from, String lastEventId) {
            try {
                stored.replace(lastEventId);
            } catch (IOException | RuntimeException e) {
                from.closeWith(() -> subscriber.onError(e));
            }
        }

        @Override
        public void onEnd(Session from) {
            from.closeWith(subscriber::onComplete);
        }
    }

    /** The subscription of a stream that could not begin. */
    private static final class Nothing implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
