package dev.freshet.hub.testing;

import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.fanout.start.StartAt;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.topic.TopicSelector;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** A subscription in the making: public events from now on, chunked, unless told otherwise. Confined to one thread. */
public final class SubscriptionBuilder {
    private final Set<TopicSelector> selectors;
    private ReadRights rights = ReadRights.PUBLIC;
    private Framing framing = Framing.CHUNKED;
    private StartAt start = new StartAt.Now();
    private boolean isAnnounced;

    private SubscriptionBuilder(Set<TopicSelector> selectors) {
        this.selectors = selectors;
    }

    /**
     * Begins a subscription.
     *
     * @param selectors what to ask for
     * @return the builder
     */
    public static SubscriptionBuilder to(String... selectors) {
        return new SubscriptionBuilder(parse(selectors));
    }

    /**
     * Asks for everything behind an event.
     *
     * @param id the event's id
     * @return this
     */
    public SubscriptionBuilder after(String id) {
        start = new StartAt.After(id);
        return this;
    }

    /**
     * Asks for everything since a time.
     *
     * @param time the time
     * @return this
     */
    public SubscriptionBuilder since(Instant time) {
        start = new StartAt.Since(time);
        return this;
    }

    /**
     * Asks for the newest events.
     *
     * @param count how many
     * @return this
     */
    public SubscriptionBuilder last(int count) {
        start = new StartAt.Last(count);
        return this;
    }

    /**
     * Asks for no frames.
     *
     * @return this
     */
    public SubscriptionBuilder plain() {
        return framed(Framing.PLAIN);
    }

    /**
     * Asks for a framing.
     *
     * @param as which
     * @return this
     */
    public SubscriptionBuilder framed(Framing as) {
        framing = as;
        return this;
    }

    /**
     * Asks to be told its id first.
     *
     * @return this
     */
    public SubscriptionBuilder announced() {
        isAnnounced = true;
        return this;
    }

    /**
     * Has the right to read private events.
     *
     * @param granted selectors of their topics
     * @return this
     */
    public SubscriptionBuilder granted(String... granted) {
        rights = new ReadRights(rights.readsPublic(), parse(granted));
        return this;
    }

    /**
     * May not read public events.
     *
     * @return this
     */
    public SubscriptionBuilder withoutPublic() {
        rights = new ReadRights(false, rights.privateTopics());
        return this;
    }

    /**
     * Ends the making.
     *
     * @return the subscription
     */
    public Subscription build() {
        return new Subscription(selectors, rights, framing, start, isAnnounced);
    }

    private static Set<TopicSelector> parse(String... selectors) {
        Set<TopicSelector> parsed = new LinkedHashSet<>();
        for (String selector : selectors) {
            parsed.add(TopicSelector.parse(selector));
        }
        return parsed;
    }
}
