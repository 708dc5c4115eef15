package dev.freshet.cli.subscribe;

/** How one connection ended. */
sealed interface Ending {

    /** Nothing more is wanted: 204, enough events, or an output that was closed. */
    record Finished() implements Ending {}

    /** The server ended the stream, or fell silent: connect again and go on. */
    record Paused() implements Ending {}

    /**
     * The connection broke, or none came about: connect again later.
     *
     * @param reason a few words for the user
     * @param notBeforeMs how long the server asks to wait at least
     */
    record Broken(String reason, long notBeforeMs) implements Ending {}

    /**
     * The hub refused, or what answers is no hub.
     *
     * @param message one line for the user
     */
    record Refused(String message) implements Ending {}
}
