package dev.freshet.hub.observe;

import java.util.Locale;

/** Why events are missing for a subscriber. */
public enum GapReason {
    /** The place that was asked for is no longer retained, or was not any more when it was read; or its log is gone. */
    EXPIRED,
    /** The cursor is no id of this log. */
    UNKNOWN,
    /** The subscriber had fallen behind on its connection, and the log moved past it. */
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
