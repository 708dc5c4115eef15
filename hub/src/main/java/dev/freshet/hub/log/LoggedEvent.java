package dev.freshet.hub.log;

/**
 * A publication that has its place in the log. Immutable.
 *
 * @param offset its place
 * @param timeMs when it was appended, in milliseconds since 1970
 * @param id its id on the wire: the publisher's, or else its position's
 * @param publication what was published
 */
public record LoggedEvent(long offset, long timeMs, String id, Publication publication) {}
