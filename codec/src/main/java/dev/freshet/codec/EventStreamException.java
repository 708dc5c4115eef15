package dev.freshet.codec;

/** A stream that a parser refuses to read on, since it goes past one of its limits. */
public final class EventStreamException extends RuntimeException {

    /** Why a stream is refused. */
    public enum Reason {
        /** A line is longer than {@link EventStreamParser.Limits#maxLineBytes()}. */
        LINE_TOO_LONG,
        /** The data of an event is longer than {@link EventStreamParser.Limits#maxEventBytes()}. */
        EVENT_TOO_LARGE
    }

    private final Reason reason;

    EventStreamException(Reason reason, String subject, int maxBytes) {
        super(subject + ": more than " + maxBytes + " bytes (expected: at most " + maxBytes + ")");
        this.reason = reason;
    }

    /**
     * Why the stream is refused.
     *
     * @return the limit that was passed
     */
    public Reason reason() {
        return reason;
    }
}
