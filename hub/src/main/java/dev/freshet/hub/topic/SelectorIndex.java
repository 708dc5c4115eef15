package dev.freshet.hub.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds, for one topic, every value that was added under a selector that matches it. Confined to its owner's thread.
 *
 * <p>Exact selectors are found by hash, templates by a trie of their literal prefixes: a match never looks at a selector
 * that has another beginning. Adding and removing do not depend on how many values there are.
 *
 * @param <T> what is found; compared by {@code equals}
 */
public final class SelectorIndex<T> {
    private final Map<Topic, Bucket<T>> exact = new HashMap<>();
    private final TemplateTrie<T> templates = new TemplateTrie<>();
    private final Bucket<T> all = new Bucket<>();

    /** Creates an empty index. */
    public SelectorIndex() {}

    /**
     * Adds a value under a selector; adding it twice is adding it once.
     *
     * @param selector the selector
     * @param value the value
     */
    public void add(TopicSelector selector, T value) {
        if (selector instanceof TopicSelector.Exact one) {
            exact.computeIfAbsent(one.topic(), topic -> new Bucket<>()).add(value);
        } else if (selector instanceof TopicSelector.Template shape) {
            templates.add(shape.template(), value);
        } else {
            all.add(value);
        }
    }

    /**
     * Removes a value from a selector; does nothing if it is not there.
     *
     * @param selector the selector
     * @param value the value
     */
    public void remove(TopicSelector selector, T value) {
        if (selector instanceof TopicSelector.Exact one) {
            exact.computeIfPresent(one.topic(), (topic, bucket) -> bucket.removeAndIsEmpty(value) ? null : bucket);
        } else if (selector instanceof TopicSelector.Template shape) {
            templates.remove(shape.template(), value);
        } else {
            all.removeAndIsEmpty(value);
        }
    }

    /**
     * Hands over every value whose selector matches, once per matching selector.
     *
     * @param topic the topic
     * @param action what to do with each value; must not change this index
     */
    public void match(Topic topic, Consumer<? super T> action) {
        Bucket<T> bucket = exact.get(topic);
        if (bucket != null) {
            bucket.forEach(action);
        }
        if (!topic.isReserved()) {
            templates.match(topic.name(), action);
            all.forEach(action);
        }
    }

    /**
     * Tells whether nothing is left in this index.
     *
     * @return true if every value was removed again, and no memory of them is kept
     */
    public boolean isEmpty() {
        return exact.isEmpty() && templates.isEmpty() && all.isEmpty();
    }
}
