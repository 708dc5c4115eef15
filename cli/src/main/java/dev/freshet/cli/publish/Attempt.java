package dev.freshet.cli.publish;

/** What came of one attempt at a request. */
sealed interface Attempt {

    /**
     * The hub has the events.
     *
     * @param body its answer
     */
    record Accepted(String body) implements Attempt {}

    /**
     * The hub may have them or not; the same request, with the same key, may be tried again.
     *
     * @param reason a few words for the user
     * @param isUnreachable true if no connection came about
     * @param notBeforeMs how long the server asks to wait at least
     */
    record Failed(String reason, boolean isUnreachable, long notBeforeMs) implements Attempt {}
}
