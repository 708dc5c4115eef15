package dev.freshet.server;

import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.GapReason;
import dev.freshet.hub.observe.HubObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the hub's own errors to the server's log and, for who debugs, how streams come and go. Thread-safe. */
final class LoggingObserver implements HubObserver {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingObserver.class);

    @Override
    public void onSubscribed(int lane) {
        LOG.debug("Lane {}: a stream began", lane);
    }

    @Override
    public void onEnded(int lane, EndReason reason) {
        LOG.debug("Lane {}: a stream ended: {}", lane, reason);
    }

    @Override
    public void onGap(int lane, GapReason reason) {
        LOG.debug("Lane {}: a subscriber was told of a gap: {}", lane, reason);
    }

    @Override
    public void onQueueFull() {
        LOG.debug("An append was refused: too many are waiting");
    }

    @Override
    public void onFailure(String where, Throwable failure) {
        LOG.error("The hub failed at {}: {}", where, trace(failure));
    }

    /** Types and places, but no messages: they may quote an event. */
    private static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.getClass().getName());
        for (StackTraceElement place : failure.getStackTrace()) {
            text.append("\n    at ").append(place);
        }
        return text.toString();
    }
}
