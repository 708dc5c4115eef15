package dev.freshet.hub.topic;

/** Thrown when a text is neither a topic nor a selector; the message says what was found and what was expected. */
public final class InvalidTopicException extends IllegalArgumentException {
    /**
     * Creates the exception.
     *
     * @param message what was found, and what was expected
     */
    public InvalidTopicException(String message) {
        super(message);
    }
}
