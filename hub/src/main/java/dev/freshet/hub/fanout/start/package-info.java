/**
 * How a stream begins: what a subscriber asks for ({@link dev.freshet.hub.fanout.start.Subscription}), the place in the log
 * that this means ({@link dev.freshet.hub.fanout.start.Starts}, the entry), and what the hub itself says on the way there.
 * Values are immutable; what looks into the window is confined to its lane.
 */
@NullMarked
package dev.freshet.hub.fanout.start;

import org.jspecify.annotations.NullMarked;
