package dev.freshet.system.durable.crowd;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The ways to publish over HTTP of which a load has one publisher each. */
public enum PostForm {
    /** One event, again with its key until it is answered. */
    KEYED(1, true),
    /** Many as a whole, again with their key until they are answered. */
    KEYED_BATCH(40, true),
    /** One event, once; without an answer nobody knows. */
    UNKEYED(1, false),
    /** Many as a whole, once. */
    UNKEYED_BATCH(40, false);

    static final List<String> TOPICS = List.of("t0", "t1", "t2", "t3");

    private final int maxEvents;
    private final boolean isKeyed;

    PostForm(int maxEvents, boolean isKeyed) {
        this.maxEvents = maxEvents;
        this.isKeyed = isKeyed;
    }

    /** The next request of a publisher, whose events are numbered from {@code number}. */
    public Post post(String publisher, long number, Random random) {
        int events = 1 + random.nextInt(maxEvents);
        List<String> labels = IntStream.range(0, events)
                .mapToObj(i -> EventText.label(publisher, number + i))
                .toList();
        Optional<String> key =
                isKeyed ? Optional.of(new UUID(random.nextLong(), random.nextLong()).toString()) : Optional.empty();
        return maxEvents == 1 ? one(labels, key, random) : batch(labels, key, random);
    }

    private static Post one(List<String> labels, Optional<String> key, Random random) {
        return new Post("/events/" + topic(random), "text/plain", key, EventText.of(labels.get(0)), labels);
    }

    private static Post batch(List<String> labels, Optional<String> key, Random random) {
        String lines = labels.stream()
                .map(label -> "{\"topic\":\"%s\",\"data\":\"%s\"}".formatted(topic(random), EventText.of(label)))
                .collect(Collectors.joining("\n"));
        return new Post("/events", "application/x-ndjson", key, lines, labels);
    }

    private static String topic(Random random) {
        return TOPICS.get(random.nextInt(TOPICS.size()));
    }
}
