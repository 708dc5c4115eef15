package dev.freshet.hub.topic;

/**
 * The name that an event is published to, such as {@code orders/42}. Immutable.
 *
 * <p>A name has 1 to {@value #MAX_BYTES} bytes of UTF-8, no control characters and no braces, and is not {@code *}. Names
 * that begin with {@code $} are the hub's own.
 *
 * @param name the name
 */
public record Topic(String name) {
    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1024;

    private static final String OF_ONE_SUBSCRIBER = "$subscriber/";

    /**
     * Checks the name.
     *
     * @throws InvalidTopicException if the name is empty, too long, {@code *}, or holds a brace, a control character or
     *     half of a surrogate pair
     */
    public Topic {
        Names.requireLength("topic", name);
        name.codePoints().forEach(c -> requireAllowed(name, c));
        if (name.equals("*")) {
            throw new InvalidTopicException(
                    "topic: * (expected: a name; * selects every topic, nothing is published to it)");
        }
    }

    /**
     * Returns the topic that reaches one subscriber alone.
     *
     * @param subscriberId the subscriber's id
     * @return the reserved topic
     */
    public static Topic ofSubscriber(String subscriberId) {
        return new Topic(OF_ONE_SUBSCRIBER + subscriberId);
    }

    /**
     * Tells whether this topic is the hub's own.
     *
     * @return true if the name begins with {@code $}
     */
    public boolean isReserved() {
        return name.charAt(0) == '$';
    }

    /**
     * Tells whether this topic reaches one subscriber alone.
     *
     * @return true if the name is {@code $subscriber/} and an id
     */
    public boolean isOfSubscriber() {
        return name.startsWith(OF_ONE_SUBSCRIBER) && name.length() > OF_ONE_SUBSCRIBER.length();
    }

    /**
     * Returns the id in a topic that reaches one subscriber alone.
     *
     * @return the subscriber's id
     * @throws IllegalStateException if this is no such topic
     */
    public String subscriberId() {
        if (!isOfSubscriber()) {
            throw new IllegalStateException("topic: " + name + " (expected: $subscriber/ and an id)");
        }
        return name.substring(OF_ONE_SUBSCRIBER.length());
    }

    @Override
    public String toString() {
        return name;
    }

    private static void requireAllowed(String name, int codePoint) {
        if (codePoint == '{' || codePoint == '}') {
            throw new InvalidTopicException("topic: " + name + " (expected: no braces; a template only subscribes)");
        }
        Names.requireText("topic", name, codePoint);
    }
}
