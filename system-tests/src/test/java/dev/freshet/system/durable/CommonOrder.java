package dev.freshet.system.durable;

import java.util.ArrayList;
import java.util.List;

/** The events in the order in which whoever was first saw them; all others must see the same. Thread-safe. */
final class CommonOrder {
    private final List<Event> events = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** An event on the wire, without its filling. */
    record Event(String id, String label) {}

    /** A witness saw its next event. */
    synchronized void onEvent(String witness, int place, Event event) {
        if (place == events.size()) {
            events.add(event);
        } else if (!events.get(place).equals(event)) {
            onFault(witness + " saw " + event + " in place " + place + ", others " + events.get(place));
        }
    }

    synchronized void onFault(String what) {
        faults.add(what);
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    synchronized int size() {
        return events.size();
    }

    synchronized boolean endsWith(String label) {
        return !events.isEmpty() && events.get(events.size() - 1).label().equals(label);
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
