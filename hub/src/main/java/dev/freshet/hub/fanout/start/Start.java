package dev.freshet.hub.fanout.start;

import dev.freshet.hub.observe.GapReason;
import java.util.Optional;

/**
 * Where a subscriber really begins. Immutable.
 *
 * @param next the offset of the first event that it is sent
 * @param gap why events before it are missing, if they are
 * @param requested what it asked for, in its own words
 */
public record Start(long next, Optional<GapReason> gap, String requested) {
    static Start at(long next) {
        return new Start(next, Optional.empty(), "");
    }

    /**
     * Begins behind a gap.
     *
     * @param next the offset of the first event that it is sent
     * @param reason why events before it are missing
     * @param requested what it asked for, in its own words
     * @return the start
     */
    public static Start afterGap(long next, GapReason reason, String requested) {
        return new Start(next, Optional.of(reason), requested);
    }

    /**
     * Moves on to where the first event behind the gap was found.
     *
     * @param found its offset; nothing that the subscriber may be sent lies before it
     * @return the start, with the same gap
     */
    public Start goingOnAt(long found) {
        return new Start(found, gap, requested);
    }
}
