package dev.freshet.hub.publication;

/** Thrown when a publication cannot be logged as it is; the message says what was found and what was expected. */
public final class InvalidPublicationException extends IllegalArgumentException {
    /**
     * Creates the exception.
     *
     * @param message what was found, and what was expected
     */
    public InvalidPublicationException(String message) {
        super(message);
    }
}
