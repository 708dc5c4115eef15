package dev.freshet.client;

import java.util.Optional;

/**
 * What a session hands on: an event, or only the news that the last event id moved.
 *
 * @param event the event, if there is one
 * @param lastEventId the id to resume after, once this and all before it is handled
 */
record Delivery(Optional<StreamEvent> event, String lastEventId) {

    static Delivery of(StreamEvent event, String lastEventId) {
        return new Delivery(Optional.of(event), lastEventId);
    }

    static Delivery idAlone(String lastEventId) {
        return new Delivery(Optional.empty(), lastEventId);
    }
}
