package dev.freshet.client;

import dev.freshet.client.StreamEvent.Closed.Reason;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs the handler on an executor, one delivery after the other. A handler that is slow slows the socket. */
final class ExecutorReceiver implements Session.Receiver {

    private final Handling handling;
    private final Executor executor;
    private final Handover handover = new Handover();
    private final AtomicBoolean isScheduled = new AtomicBoolean();

    ExecutorReceiver(Handling handling, Executor executor) {
        this.handling = handling;
        this.executor = executor;
    }

    void open(Session session) {
        handover.open(session);
    }

    @Override
    public void onDelivery(Session session, Delivery delivery) {
        handover.onDelivery(session, delivery);
        schedule(session);
    }

    @Override
    public void onEnd(Session session) {}

    private void schedule(Session session) {
        if (!handover.isEmpty() && isScheduled.compareAndSet(false, true)) {
            try {
                executor.execute(() -> drain(session));
            } catch (RejectedExecutionException e) {
                isScheduled.set(false);
                session.fail(Reason.HANDLER_FAILED, e);
            }
        }
    }

    private void drain(Session session) {
        try {
            handOn(session);
        } finally {
            isScheduled.set(false);
        }
        if (!session.isClosed()) {
            schedule(session);
        }
    }

    private void handOn(Session session) {
        Optional<Delivery> next = handover.poll(session);
        while (next.isPresent() && !session.isClosed()) {
            handling.onDelivery(session, next.get());
            next = handover.poll(session);
        }
    }
}
