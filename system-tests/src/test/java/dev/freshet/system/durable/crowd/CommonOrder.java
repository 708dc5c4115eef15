package dev.freshet.system.durable.crowd;

import java.util.ArrayList;
import java.util.List;

/** The events in the order in which whoever was first saw them; all others must see the same. Thread-safe. */
public final class CommonOrder {
    private final List<Event> events = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** An event on the wire, without its filling. */
    public record Event(String id, String label) {}

    /** A witness saw its next event. */
    public synchronized void onEvent(String witness, int place, Event event) {
        if (place == events.size()) {
            events.add(event);
        } else if (!events.get(place).equals(event)) {
            onFault(witness + " saw " + event + " in place " + place + ", others " + events.get(place));
        }
    }

    public synchronized void onFault(String what) {
        faults.add(what);
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public synchronized int size() {
        return events.size();
    }

    public synchronized boolean endsWith(String label) {
        return !events.isEmpty() && events.get(events.size() - 1).label().equals(label);
    }

    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
