package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.bytes.Scratch;
import dev.freshet.hub.fanout.setup.LaneContext;
import dev.freshet.hub.fanout.start.Addressed;
import dev.freshet.hub.fanout.start.Selection;
import dev.freshet.hub.log.durable.EventFilter;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.log.durable.Page;
import dev.freshet.hub.log.durable.PageQueue;
import dev.freshet.hub.log.durable.PageRequest;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Serves the subscribers that want what has left the window, a page of the history at a time; then they are {@link CatchUp}'s
 * again. Confined to its lane; the pages are read elsewhere.
 */
final class HistoryReader implements PageQueue.Reader<Subscriber> {
    /** A page takes about a portion of memory until it is sent. */
    private static final int MAX_PAGES_AT_ONCE = 16;

    private final Lane lane;
    private final LaneContext context;
    private final CatchUp catchUp;
    private final int maxPageBytes;
    private final PageQueue<Subscriber> pages;
    private final Scratch scratch = new Scratch();

    HistoryReader(Lane lane, LaneContext context, History history, CatchUp catchUp, int maxPageBytes) {
        this.lane = lane;
        this.context = context;
        this.catchUp = catchUp;
        this.maxPageBytes = maxPageBytes;
        this.pages = new PageQueue<>(history, task -> lane.execute(() -> lane.attempt(task)), MAX_PAGES_AT_ONCE, this);
    }

    /** Takes over a subscriber that is ready, until its page has come. */
    void add(Subscriber subscriber) {
        subscriber.state(Subscriber.State.READING);
        pages.add(subscriber);
    }

    @Override
    public Optional<PageRequest> request(Subscriber subscriber) {
        if (subscriber.state() != Subscriber.State.READING) {
            return Optional.empty();
        }
        return Optional.of(new PageRequest(
                subscriber.next(),
                lane.position(),
                filter(subscriber),
                context.window().encoding(),
                subscriber.interest().framing(),
                maxPageBytes));
    }

    @Override
    public void onPage(Subscriber subscriber, Page page) {
        if (subscriber.state() == Subscriber.State.READING && subscriber.rest() != null) {
            subscriber.state(
                    Subscriber.State.BLOCKED); // Its sink has cut a heartbeat; the page is read again behind that.
        } else if (subscriber.state() == Subscriber.State.READING) {
            subscriber.state(Subscriber.State.READY);
            take(subscriber, page);
        }
        if (subscriber.state() == Subscriber.State.READY) {
            catchUp.goOn(subscriber);
            lane.wake();
        }
    }

    /** Who was in the middle of an event needs its rest before anything else, or comes back with the last id it has seen. */
    private void take(Subscriber subscriber, Page page) {
        if (subscriber.sentBytes() > 0) {
            page.only(subscriber.next())
                    .ifPresentOrElse(event -> offer(subscriber, event), () -> subscriber.cut(EndReason.SLOW));
        } else {
            oweIfThinned(subscriber);
            if (tellWhatIsOwed(subscriber, page)) {
                offer(subscriber, page);
            }
        }
    }

    /** Its client comes back with the last id it has seen. */
    @Override
    public void onFailure(Subscriber subscriber, Throwable failure) {
        if (subscriber.state() == Subscriber.State.READING) {
            lane.observer().onFailure("read of the history", failure);
            subscriber.cut(EndReason.FAILURE);
        }
    }

    /** What a rule removes is made known before: so now, when the page was read, all is known that may be missing in it. */
    private void oweIfThinned(Subscriber subscriber) {
        long upTo = context.thinnedUpTo(filter(subscriber));
        if (upTo > subscriber.knownThinned() && upTo >= subscriber.next()) {
            catchUp.oweGap(subscriber);
        }
        subscriber.knownThinned(upTo);
    }

    /**
     * A gap is told when its end is found: who reconnects behind it is not told of it again, and misses nothing, since the pages
     * up to there hold nothing for it. Returns false if the sink is full.
     */
    private boolean tellWhatIsOwed(Subscriber subscriber, Page page) {
        boolean isEndFound = page.events() > 0 || !context.isInHistory(page.next(), lane.position());
        return subscriber.owed() == null || !isEndFound || catchUp.sendGap(subscriber, page.first());
    }

    /** What a sink does not take of a page is forgotten, but for the rest of a small event, and read again later. */
    private void offer(Subscriber subscriber, Page page) {
        ByteBuffer bytes = scratch.room(page.sizeBytes());
        page.copyTo(bytes);
        int sent = subscriber.sentBytes();
        bytes.flip().position(sent);
        int taken = page.events() == 0 ? 0 : sent + Math.max(subscriber.sink().write(bytes), 0);
        if (subscriber.state() != Subscriber.State.READY) {
            return;
        }
        if (taken == page.sizeBytes()) {
            subscriber.next(page.next());
        } else {
            CatchUp.block(subscriber, page.cutAfter(taken));
        }
    }

    private static EventFilter filter(Subscriber subscriber) {
        Selection selection = subscriber.interest().selection();
        Optional<EventFilter> addressed = subscriber.id().map(id -> new Addressed(selection, Topic.ofSubscriber(id)));
        return addressed.orElse(selection);
    }
}
