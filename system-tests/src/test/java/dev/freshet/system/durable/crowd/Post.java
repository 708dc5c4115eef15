package dev.freshet.system.durable.crowd;

import java.util.List;
import java.util.Optional;

/**
 * A request to publish. Immutable.
 *
 * @param path where to, with its query
 * @param contentType of the body
 * @param key the idempotency key; without one it is not tried again
 * @param body what is published
 * @param labels of its events, in order
 */
public record Post(String path, String contentType, Optional<String> key, String body, List<String> labels) {
    public Post {
        labels = List.copyOf(labels);
    }
}
