package dev.freshet.hub.testing.contract;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Batches of which a test cares for little. */
final class Batches {
    private Batches() {}

    static Batch event(String topic, String data) {
        return Batch.of(publication(topic, data));
    }

    static Batch batch(String topic, String... data) {
        return new Batch(
                Arrays.stream(data).map(each -> publication(topic, each)).toList(), Optional.empty());
    }

    static Batch keyed(String key, String data) {
        return new Batch(List.of(publication("t", data)), Optional.of(key));
    }

    static Publication publication(String topic, String data) {
        return Publication.of(new Topic(topic), ServerSentEvent.of(data));
    }

    static Publication publicationAs(String topic, String id, String data) {
        return Publication.of(new Topic(topic), ServerSentEvent.of(data).withId(id));
    }
}
