package dev.freshet.hub.observe;

import java.util.Locale;

/** Why events are missing for a subscriber. */
public enum GapReason {
    /** The cursor stands before what is retained, or belongs to a log that is gone. */
    EXPIRED,
    /** The cursor is no id of this log. */
    UNKNOWN,
    /** The subscriber read so slowly that the log moved past it. */
    SLOW;

    /**
     * Returns the word on the wire.
     *
     * @return the name in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
