package dev.freshet.hub.log;

/** Thrown when the log does not take a batch; nothing of it was appended. */
public final class AppendRefusedException extends RuntimeException {
    /** Why a batch was refused. */
    public enum Cause {
        /** Too many appends are waiting; the same request may succeed in a moment. */
        QUEUE_FULL,
        /** The batch is larger than the log can ever hold. */
        TOO_LARGE,
        /** The publication's id has the form of this log's own ids, which it must not forge. */
        RESERVED_ID,
        /** The batch has the idempotency key of another one that is remembered. */
        KEY_REUSED,
        /** There is no room where the log is stored; the same request succeeds once there is. */
        STORAGE_FULL,
        /** The log's storage cannot be written; the same request may succeed later. */
        STORAGE_FAILED,
        /** The log is closed. */
        CLOSED
    }

    private final Cause reason;

    /**
     * Creates the exception.
     *
     * @param reason why the batch was refused
     * @param message what was found, and what was expected
     */
    public AppendRefusedException(Cause reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /**
     * Returns why the batch was refused.
     *
     * @return the reason
     */
    public Cause reason() {
        return reason;
    }
}
