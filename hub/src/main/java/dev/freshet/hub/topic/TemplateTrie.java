package dev.freshet.hub.topic;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Templates by their literal prefix, in a radix tree. Confined to the index's owner.
 *
 * <p>A name walks down from the root for as long as it begins with the labels on its way; only the templates of the nodes
 * that it passes are tested.
 *
 * <pre>
 *   (root)  {+any}
 *     "orders/"  {id}
 *       "eu/"    {id}  {+rest}
 *     "users/"   {id}
 * </pre>
 */
final class TemplateTrie<T> {
    private final Node<T> root = new Node<>("");

    void add(UriTemplate template, T value) {
        root.descend(template.prefix())
                .templates
                .computeIfAbsent(template, t -> new Bucket<>())
                .add(value);
    }

    void remove(UriTemplate template, T value) {
        root.remove(template.prefix(), template, value);
    }

    void match(String name, Consumer<? super T> action) {
        int at = 0;
        Node<T> node = root;
        while (node != null) {
            node.test(name, action);
            node = node.next(name, at);
            at += node == null ? 0 : node.label.length();
        }
    }

    boolean isEmpty() {
        return root.isEmpty();
    }

    /** A place in the tree; its label is what stands between its parent and it. */
    private static final class Node<T> {
        private final String label;
        private final Map<UriTemplate, Bucket<T>> templates = new LinkedHashMap<>(2);
        private final Map<Character, Node<T>> children = new HashMap<>(2);

        private Node(String label) {
            this.label = label;
        }

        private boolean isEmpty() {
            return templates.isEmpty() && children.isEmpty();
        }

        private void test(String name, Consumer<? super T> action) {
            if (!templates.isEmpty()) {
                templates.forEach((template, bucket) -> {
                    if (template.matches(name)) {
                        bucket.forEach(action);
                    }
                });
            }
        }

        private @Nullable Node<T> next(String name, int at) {
            Node<T> child = at < name.length() ? children.get(name.charAt(at)) : null;
            return child != null && name.startsWith(child.label, at) ? child : null;
        }

        private Node<T> descend(String prefix) {
            if (prefix.isEmpty()) {
                return this;
            }
            Node<T> child = children.get(prefix.charAt(0));
            if (child == null) {
                child = new Node<>(prefix);
            } else {
                child = child.splitAt(commonLength(child.label, prefix));
            }
            children.put(prefix.charAt(0), child);
            return child.descend(prefix.substring(child.label.length()));
        }

        private Node<T> splitAt(int length) {
            if (length == label.length()) {
                return this;
            }
            Node<T> upper = new Node<>(label.substring(0, length));
            Node<T> lower = new Node<>(label.substring(length));
            lower.templates.putAll(templates);
            lower.children.putAll(children);
            upper.children.put(lower.label.charAt(0), lower);
            return upper;
        }

        private void remove(String prefix, UriTemplate template, T value) {
            if (prefix.isEmpty()) {
                templates.computeIfPresent(template, (t, bucket) -> bucket.removeAndIsEmpty(value) ? null : bucket);
                return;
            }
            Node<T> child = next(prefix, 0);
            if (child != null) {
                child.remove(prefix.substring(child.label.length()), template, value);
                if (child.isEmpty()) {
                    children.remove(prefix.charAt(0));
                }
            }
        }

        private static int commonLength(String a, String b) {
            int length = 0;
            while (length < a.length() && length < b.length() && a.charAt(length) == b.charAt(length)) {
                length++;
            }
            return length;
        }
    }
}
