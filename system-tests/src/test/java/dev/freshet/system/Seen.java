package dev.freshet.system;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The events that some client saw, in the order it saw them. Thread-safe. */
final class Seen {
    private final List<Event> events = new CopyOnWriteArrayList<>();

    record Event(String type, String id, String data) {}

    void add(String type, String id, String data) {
        events.add(new Event(type, id, data));
    }

    List<Event> events() {
        return events;
    }

    List<String> data() {
        return events.stream().map(Event::data).toList();
    }
}
