package dev.freshet.hub.fanout;

import dev.freshet.hub.fanout.Subscriber.State;
import dev.freshet.hub.fanout.setup.LaneContext;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.observe.HubObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The subscribers of a lane: who is live, who is behind, and who is known by an id. Every change of a subscriber's state that
 * moves it between the sets of its interest is made here, and told to the observer. Confined to its lane, but for {@link #size}.
 */
final class Roster {
    private final Interests interests = new Interests();
    private final Map<Long, Subscriber> announced = new HashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int lane;
    private final RandomGenerator random;
    private final HubObserver observer;

    Roster(int lane, LaneContext context) {
        this.lane = lane;
        this.random = context.random();
        this.observer = context.observer();
    }

    Interests interests() {
        return interests;
    }

    int size() {
        return size.get();
    }

    /** Adds a subscriber that is behind, since everybody begins so. */
    Subscriber add(Interest interest, boolean isAnnounced, long next) {
        Subscriber subscriber = new Subscriber(interest, isAnnounced ? newId() : 0, next);
        interest.behind().add(subscriber);
        if (isAnnounced) {
            announced.put(subscriber.numericId(), subscriber);
        }
        size.incrementAndGet();
        return subscriber;
    }

    Optional<Subscriber> find(String id) {
        return Subscriber.parseId(id).map(announced::get);
    }

    /** Takes a live subscriber, whose own cursor is set, out of the sweeps. */
    void fallBehind(Subscriber subscriber, State to) {
        leaveTheLive(subscriber, to);
        observer.onBehind(lane);
    }

    /** Makes a subscriber live that stands where the lane stands; the sweep under way, if any, passes it over. */
    void makeLive(Subscriber subscriber, int stamp) {
        Interest interest = subscriber.interest();
        interest.behind().remove(subscriber);
        interest.live().add(subscriber);
        subscriber.state(State.LIVE);
        subscriber.stamp(stamp);
    }

    /** Takes a subscriber out of everything but the count; returns false if that was done before. */
    boolean beginEnd(Subscriber subscriber) {
        if (isOver(subscriber)) {
            return false;
        }
        if (subscriber.state() == State.LIVE) {
            leaveTheLive(subscriber, State.ENDING);
        }
        subscriber.state(State.ENDING);
        return true;
    }

    /** Forgets a subscriber; does nothing if that was done before. */
    void remove(Subscriber subscriber, EndReason reason) {
        if (subscriber.state() == State.ENDED) {
            return;
        }
        Interest interest = subscriber.interest();
        (subscriber.state() == State.LIVE ? interest.live() : interest.behind()).remove(subscriber);
        subscriber.state(State.ENDED);
        subscriber.rest(null);
        announced.remove(subscriber.numericId());
        interests.removeIfEmpty(interest);
        size.decrementAndGet();
        observer.onEnded(lane, reason);
    }

    /** Returns everybody, in a list of its own. */
    List<Subscriber> all() {
        List<Subscriber> all = new ArrayList<>();
        for (Interest interest : interests.all()) {
            interest.live().addTo(all);
            interest.behind().addTo(all);
        }
        return all;
    }

    static boolean isOver(Subscriber subscriber) {
        return subscriber.state() == State.ENDING || subscriber.state() == State.ENDED;
    }

    private static void leaveTheLive(Subscriber subscriber, State to) {
        Interest interest = subscriber.interest();
        interest.live().remove(subscriber);
        interest.behind().add(subscriber);
        subscriber.state(to);
    }

    private long newId() {
        long id = random.nextLong();
        return id == 0 || announced.containsKey(id) ? newId() : id;
    }
}
