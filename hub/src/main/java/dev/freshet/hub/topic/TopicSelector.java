package dev.freshet.hub.topic;

/**
 * What a subscriber asks for: one topic, a URI template, or every topic. Immutable.
 *
 * <p>Only {@link Exact} selects topics that are the hub's own.
 */
public sealed interface TopicSelector {
    /**
     * Reads a selector.
     *
     * @param text {@code *}, a text with braces (a template), or a topic
     * @return the selector
     * @throws InvalidTopicException if the text is none of them
     */
    static TopicSelector parse(String text) {
        if (text.equals("*")) {
            return new All();
        }
        boolean isTemplate = text.indexOf('{') >= 0 || text.indexOf('}') >= 0;
        return isTemplate ? new Template(UriTemplate.parse(text)) : new Exact(new Topic(text));
    }

    /**
     * Returns the text that {@link #parse} reads back as this selector.
     *
     * @return the text
     */
    String text();

    /**
     * Tells whether a topic is selected.
     *
     * @param topic the topic
     * @return true if an event of this topic is wanted
     */
    boolean matches(Topic topic);

    /**
     * One topic.
     *
     * @param topic the topic
     */
    record Exact(Topic topic) implements TopicSelector {
        @Override
        public String text() {
            return topic.name();
        }

        @Override
        public boolean matches(Topic other) {
            return topic.equals(other);
        }
    }

    /**
     * All topics of one shape.
     *
     * @param template the shape
     */
    record Template(UriTemplate template) implements TopicSelector {
        @Override
        public String text() {
            return template.text();
        }

        @Override
        public boolean matches(Topic topic) {
            return !topic.isReserved() && template.matches(topic.name());
        }
    }

    /** Every topic but the hub's own. */
    record All() implements TopicSelector {
        @Override
        public String text() {
            return "*";
        }

        @Override
        public boolean matches(Topic topic) {
            return !topic.isReserved();
        }
    }
}
