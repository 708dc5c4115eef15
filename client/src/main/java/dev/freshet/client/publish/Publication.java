package dev.freshet.client.publish;

import dev.freshet.client.json.JsonWriter;
import dev.freshet.codec.ServerSentEvent;
import java.util.List;

/**
 * An event and where it goes. Immutable.
 *
 * @param topics at least one; the hub says which names it takes
 * @param event the event; its id and retry are sent if it has them
 * @param isPrivate whether only subscribers with a grant for one of the topics may read it
 */
public record Publication(List<String> topics, ServerSentEvent event, boolean isPrivate) {

    /**
     * Validates the publication.
     *
     * @param topics at least one
     * @param event the event
     * @param isPrivate whether it is private
     * @throws IllegalArgumentException if there is no topic
     */
    public Publication {
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topics: none (expected: at least one)");
        }
    }

    /**
     * A public event for one topic.
     *
     * @param topic the topic
     * @param event the event
     * @return the publication
     */
    public static Publication of(String topic, ServerSentEvent event) {
        return new Publication(List.of(topic), event, false);
    }

    /**
     * A public event of the default type for one topic.
     *
     * @param topic the topic
     * @param data the payload
     * @return the publication
     * @throws IllegalArgumentException if data holds a lone surrogate
     */
    public static Publication of(String topic, String data) {
        return of(topic, ServerSentEvent.of(data));
    }

    /** One line of JSON, as {@code POST /events} takes it. */
    String json() {
        JsonWriter json = new JsonWriter().strings("topic", topics).string("data", event.data());
        if (!event.type().equals(ServerSentEvent.DEFAULT_TYPE)) {
            json.string("type", event.type());
        }
        event.id().ifPresent(id -> json.string("id", id));
        event.retryMs().ifPresent(retryMs -> json.number("retry", retryMs));
        if (isPrivate) {
            json.truth("private", true);
        }
        return json.end();
    }
}
