package dev.freshet.system.durable.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.system.durable.crowd.CommonOrder.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds what was seen against what was published. Immutable. */
public final class Verdict {
    private final Ledger ledger;
    private final List<Event> events;
    private final Map<String, Integer> places = new HashMap<>();

    private Verdict(Ledger ledger, CommonOrder order) {
        this.ledger = ledger;
        this.events = order.events();
        assertThat(order.faults()).as("what witnesses saw").isEmpty();
        assertThat(ledger.faults()).as("answers").isEmpty();
    }

    /** Fails if any promise was broken. */
    public static Verdict on(Ledger ledger, CommonOrder order) {
        Verdict verdict = new Verdict(ledger, order);
        verdict.nothingIsDoubled();
        verdict.nothingAcknowledgedIsLost();
        verdict.nothingWasMadeUpAndBatchesAreWhole();
        verdict.eachPublishersOrderIsKept();
        return verdict;
    }

    /** The event that follows another in the log. */
    public Event after(String label) {
        return events.get(places.get(label) + 1);
    }

    private void nothingIsDoubled() {
        List<Event> doubled = new ArrayList<>();
        for (Event event : events) {
            if (places.putIfAbsent(event.label(), places.size()) != null) {
                doubled.add(event);
            }
        }
        assertThat(doubled).as("doubled").isEmpty();
    }

    private void nothingAcknowledgedIsLost() {
        Map<String, String> lost = ledger.acknowledged();
        events.forEach(event -> lost.remove(event.label(), event.id()));
        assertThat(lost).as("acknowledged, and lost or under another id").isEmpty();
    }

    private void nothingWasMadeUpAndBatchesAreWhole() {
        int found = 0;
        for (List<String> labels : ledger.asked()) {
            Integer place = places.get(labels.get(0));
            if (place != null) {
                List<Event> batch = events.subList(place, Math.min(events.size(), place + labels.size()));
                assertThat(batch.stream().map(Event::label)).isEqualTo(labels);
                found += labels.size();
            }
        }
        assertThat(events).as("seen, of those that were published").hasSize(found);
    }

    private void eachPublishersOrderIsKept() {
        Map<String, Long> last = new HashMap<>();
        for (Event event : events) {
            int colon = event.label().indexOf(':');
            long number = Long.parseLong(event.label().substring(colon + 1));
            Long before = last.put(event.label().substring(0, colon), number);
            assertThat(before == null ? -1 : before).as("before %s", event).isLessThan(number);
        }
    }
}
