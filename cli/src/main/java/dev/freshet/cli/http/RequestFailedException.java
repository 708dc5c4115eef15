package dev.freshet.cli.http;

/** A request that the hub refused, or that never reached one. The message is for the user. */
public final class RequestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what went wrong, in one line
     */
    public RequestFailedException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what went wrong, in one line
     * @param cause why
     */
    public RequestFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
