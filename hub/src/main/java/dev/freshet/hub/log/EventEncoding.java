package dev.freshet.hub.log;

import dev.freshet.codec.EventStreamEncoder;
import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.topic.Topic;
import java.util.List;

/** What stands in the bytes of each event, which are the same for all subscribers. */
public enum EventEncoding {
    /** The event. */
    PLAIN {
        @Override
        List<String> shown(List<Topic> topics) {
            return List.of();
        }
    },
    /**
     * The event and its topics, so that whoever reads for several can tell their events apart. Those of single subscribers
     * are left out: who knows such a topic may write to it.
     */
    WITH_TOPICS {
        @Override
        List<String> shown(List<Topic> topics) {
            return topics.stream()
                    .filter(topic -> !topic.isReserved())
                    .map(Topic::name)
                    .toList();
        }
    };

    /**
     * Encodes an event.
     *
     * @param event the event, with its id
     * @param topics its topics
     * @return its bytes on the wire, without a frame
     */
    public byte[] encode(ServerSentEvent event, List<Topic> topics) {
        return EventStreamEncoder.encode(event, shown(topics));
    }

    /** Encodes an event with its id and its topics. */
    byte[] encode(LoggedEvent event) {
        return encode(
                event.publication().event().withId(event.id()),
                event.publication().topics());
    }

    abstract List<String> shown(List<Topic> topics);
}
