package dev.freshet.system.durable.crowd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** What publishers asked for, and what the hub acknowledged. Thread-safe. */
public final class Ledger {
    /** Repeats are asked for among so many: a hub remembers keys for a time only. */
    private static final int RECENT = 500;

    private final List<List<String>> asked = new ArrayList<>();
    private final Map<String, String> acknowledged = new LinkedHashMap<>();
    private final List<Post> repeatable = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    public synchronized void onAsked(List<String> labels) {
        asked.add(labels);
    }

    public synchronized void onAcknowledged(List<String> labels, List<String> ids) {
        if (labels.size() != ids.size()) {
            faults.add(labels + " got " + ids);
        } else {
            IntStream.range(0, ids.size()).forEach(i -> acknowledged.put(labels.get(i), ids.get(i)));
        }
    }

    public synchronized void onRepeatable(Post post) {
        if (repeatable.size() == RECENT) {
            repeatable.remove(0);
        }
        repeatable.add(post);
    }

    public synchronized void onFault(String what) {
        faults.add(what);
    }

    /** Some request that was acknowledged, not long ago, and has a key. */
    public synchronized Optional<Post> anyRepeatable(Random random) {
        return repeatable.isEmpty() ? Optional.empty() : Optional.of(repeatable.get(random.nextInt(repeatable.size())));
    }

    /** The ids of events that were acknowledged. */
    public synchronized List<String> ids(List<String> labels) {
        return labels.stream()
                .map(label -> acknowledged.getOrDefault(label, "none"))
                .toList();
    }

    /** The labels of each request, whether it was acknowledged or not. */
    public synchronized List<List<String>> asked() {
        return List.copyOf(asked);
    }

    /** The ids of what was acknowledged, by label. */
    public synchronized Map<String, String> acknowledged() {
        return new LinkedHashMap<>(acknowledged);
    }

    public synchronized int size() {
        return acknowledged.size();
    }

    /** What no hub may answer. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
