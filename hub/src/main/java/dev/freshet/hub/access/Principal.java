package dev.freshet.hub.access;

/**
 * Who makes a request, and what they were granted. Immutable.
 *
 * @param subject a name for logs and metrics; {@code anonymous} when nobody said who they are
 * @param grant what they were granted
 */
public record Principal(String subject, Grant grant) {
    /** Somebody who did not say who they are. */
    public static final Principal ANONYMOUS = new Principal("anonymous", Grant.NONE);
}
