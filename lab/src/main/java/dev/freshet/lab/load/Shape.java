package dev.freshet.lab.load;

/**
 * Who subscribes and publishes.
 *
 * @param connections subscriptions
 * @param stalled how many of them never read
 * @param topics topics; subscription n reads topic n modulo this
 * @param readsAll whether each subscription reads all topics
 * @param publishers connections that publish; a topic has one publisher, so that its order is known, unless unordered
 * @param unordered whether several may publish to a topic: deliveries are then only counted
 * @param size bytes of an event's data
 * @param batch events in one publish, a line each
 */
record Shape(
        int connections,
        int stalled,
        int topics,
        boolean readsAll,
        int publishers,
        boolean unordered,
        int size,
        int batch) {
    Shape {
        require(connections >= 1 && connections <= 19_500, "connections", connections, "1 to 19500");
        require(stalled >= 0 && stalled <= connections, "stall", stalled, "0 to the number of connections");
        require(topics >= 1, "topics", topics, "1 or more");
        require(publishers >= 1 && publishers <= 256, "publishers", publishers, "1 to 256");
        require(size >= Stamp.LENGTH && size <= 60_000, "size", size, Stamp.LENGTH + " to 60000");
        require(batch >= 1 && batch <= 1000, "batch", batch, "1 to 1000");
        publishers = unordered ? publishers : Math.min(publishers, topics);
    }

    /** Subscriptions that get an event of a topic. */
    int readersOf(int topic) {
        int readers = 0;
        for (int i = stalled; i < connections; i++) {
            readers += readsAll || i % topics == topic ? 1 : 0;
        }
        return readers;
    }

    private static void require(boolean isValid, String name, int value, String expected) {
        if (!isValid) {
            throw new IllegalArgumentException("--" + name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
