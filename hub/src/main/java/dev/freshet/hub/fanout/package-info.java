/**
 * Fan-out: from the window to every subscriber.
 *
 * <p>A {@link dev.freshet.hub.fanout.Lane} is a cursor on the log that serves its own
 * {@link dev.freshet.hub.fanout.Subscriber}s on one thread: its sweep hands new events to those that are live, its catch-up
 * serves those that are behind, from the window, by the same bytes. All types are confined to their lane's thread, but for
 * {@link dev.freshet.hub.fanout.Lane#wake} and {@link dev.freshet.hub.fanout.Lane#execute}.
 */
@NullMarked
package dev.freshet.hub.fanout;

import org.jspecify.annotations.NullMarked;
