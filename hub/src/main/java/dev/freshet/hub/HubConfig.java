package dev.freshet.hub;

import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.WindowLimits;

/**
 * What can be chosen about a hub. Immutable.
 *
 * @param window how much of the log is kept in memory
 * @param lanes times and limits of each lane
 * @param encoding what stands in the bytes of each event
 */
public record HubConfig(WindowLimits window, LaneOptions lanes, EventEncoding encoding) {
    /** Fits a machine with a few cores and many subscribers. */
    public static final HubConfig DEFAULT = new HubConfig(WindowLimits.DEFAULT, LaneOptions.DEFAULT);

    /**
     * Creates limits of a hub whose events do not tell their topics.
     *
     * @param window how much of the log is kept in memory
     * @param lanes times and limits of each lane
     */
    public HubConfig(WindowLimits window, LaneOptions lanes) {
        this(window, lanes, EventEncoding.PLAIN);
    }
}
