package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.setup.LaneContext;
import dev.freshet.hub.fanout.start.Openings;
import dev.freshet.hub.fanout.start.Selection;
import dev.freshet.hub.fanout.start.Start;
import dev.freshet.hub.fanout.start.Starts;
import dev.freshet.hub.fanout.start.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets subscribers in: finds where each begins, for which the log may have to be asked, and opens its sink there. Confined to
 * its lane.
 */
final class Admission {
    private final Lane lane;
    private final LaneContext context;
    private final Roster roster;
    private final Starts starts;
    private final Openings openings;

    Admission(Lane lane, LaneContext context, Roster roster, Openings openings) {
        this.lane = lane;
        this.context = context;
        this.roster = roster;
        this.starts = new Starts(context.log(), context.window(), context.history(), context.clock());
        this.openings = openings;
    }

    /** Opens the sink within this call, or later if the log has to look up where the subscriber begins. */
    @SuppressWarnings("FutureReturnValueIgnored") // The last stage hands on what came; nothing waits for it.
    void admit(Subscription subscription, SubscriberSink.Opener opener) {
        Selection selection = roster.interests().selection(subscription.key());
        long knownThinned = context.thinnedUpTo(selection);
        CompletableFuture<Start> start = starts.find(subscription.start(), selection, lane.position());
        Consumer<Start> opening = found -> open(subscription, opener, found, knownThinned);
        if (start.isDone() && !start.isCompletedExceptionally()) {
            opening.accept(start.join());
        } else {
            start.whenComplete((found, failure) ->
                    lane.execute(() -> lane.attempt(() -> onStart(opening, opener, found, failure))));
        }
    }

    private void onStart(
            Consumer<Start> opening, SubscriberSink.Opener opener, Start found, @Nullable Throwable failure) {
        if (failure == null) {
            opening.accept(found);
        } else {
            lane.observer().onFailure("start of a stream", failure);
            opener.refuse(failure);
        }
    }

    private void open(Subscription subscription, SubscriberSink.Opener opener, Start start, long knownThinned) {
        Interest interest = roster.interests().intern(lane, subscription, lane.nanoTime());
        Subscriber subscriber = roster.add(interest, subscription.isAnnounced(), start.next());
        lane.observer().onSubscribed(lane.number());
        subscriber.knownThinned(knownTo(start, knownThinned));
        subscriber.open(opener, opening(subscriber, start));
        if (subscriber.state() == Subscriber.State.READY) {
            lane.getReady(subscriber);
        }
    }

    /** A gap in the history is told with the first page, by which it is known what comes behind it. */
    private byte[] opening(Subscriber subscriber, Start start) {
        if (start.gap().isPresent() && context.isInHistory(start.next(), lane.position())) {
            subscriber.owed(start);
            return openings.openingBeforeGap(subscriber.id());
        }
        start.gap().ifPresent(reason -> lane.observer().onGap(lane.number(), reason));
        return openings.opening(subscriber.id(), start);
    }

    /** Of what a rule removed only that is known which lies before the start: who begins within the window was told of nothing. */
    private long knownTo(Start start, long knownThinned) {
        return start.next() < context.window().earliest() ? knownThinned : Math.min(knownThinned, start.next() - 1);
    }
}
