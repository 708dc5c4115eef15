package dev.freshet.server.config;

/** Thrown when the configuration cannot be used; the message says which key, what was found and what was expected. */
public final class ConfigurationException extends RuntimeException {
    /**
     * Creates the exception.
     *
     * @param message which key, what was found and what was expected
     */
    public ConfigurationException(String message) {
        super(message, null, false, false);
    }
}
