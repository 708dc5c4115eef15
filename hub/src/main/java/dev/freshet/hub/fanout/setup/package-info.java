/**
 * What a lane is made with: its thread ({@link dev.freshet.hub.fanout.setup.LaneExecutor}), its times and limits
 * ({@link dev.freshet.hub.fanout.setup.LaneOptions}), and what it takes from outside
 * ({@link dev.freshet.hub.fanout.setup.LaneContext}). Whoever embeds the hub with a transport of its own provides the first.
 */
@NullMarked
package dev.freshet.hub.fanout.setup;

import org.jspecify.annotations.NullMarked;
