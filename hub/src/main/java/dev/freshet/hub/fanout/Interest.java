package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.start.Selection;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What many subscribers of a lane have in common: selectors, rights and framing, hence the bytes they are sent. Confined to
 * its lane.
 *
 * <p>It holds its live subscribers and those that are behind apart, and what the sweep under way has for the live ones.
 */
final class Interest {
    private final Lane lane;
    private final Subscription.Key key;
    private final Selection selection;
    private final SubscriberSet live = new SubscriberSet();
    private final SubscriberSet behind = new SubscriberSet();
    private List<WindowEntry> collected = List.of();
    private long lastSentNanos;
    private long lastSentToBehindNanos;

    Interest(Lane lane, Subscription.Key key, long nowNanos) {
        this.lane = lane;
        this.key = key;
        this.lastSentNanos = nowNanos;
        this.lastSentToBehindNanos = nowNanos;
        this.selection = new Selection(key.selectors(), key.rights());
    }

    Lane lane() {
        return lane;
    }

    Subscription.Key key() {
        return key;
    }

    Framing framing() {
        return key.framing();
    }

    SubscriberSet live() {
        return live;
    }

    SubscriberSet behind() {
        return behind;
    }

    boolean isEmpty() {
        return live.size() + behind.size() == 0;
    }

    Selection selection() {
        return selection;
    }

    /** Takes an event for the live subscribers; returns true if it is the first since {@link #takeCollected}. */
    boolean collect(WindowEntry entry) {
        if (collected.isEmpty()) {
            collected = new ArrayList<>(1);
            return collected.add(entry);
        }
        if (collected.get(collected.size() - 1) != entry) {
            collected.add(entry);
        }
        return false;
    }

    List<WindowEntry> takeCollected() {
        List<WindowEntry> taken = collected;
        collected = List.of();
        return taken;
    }

    long lastSentNanos() {
        return lastSentNanos;
    }

    /** All live subscribers were sent something. */
    void onSent(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    long lastSentToBehindNanos() {
        return lastSentToBehindNanos;
    }

    /** Those that are behind were sent a comment. */
    void onSentToBehind(long nowNanos) {
        lastSentToBehindNanos = nowNanos;
    }
}
