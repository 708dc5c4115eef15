package dev.freshet.hub;

import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.WindowLimits;

/**
 * The limits of a hub. Immutable.
 *
 * @param window how much of the log is kept in memory
 * @param lanes times and limits of each lane
 */
public record HubConfig(WindowLimits window, LaneOptions lanes) {
    /** Fits a machine with a few cores and many subscribers. */
    public static final HubConfig DEFAULT = new HubConfig(WindowLimits.DEFAULT, LaneOptions.DEFAULT);
}
