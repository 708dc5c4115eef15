/**
 * Fan-out: from the window to every subscriber.
 *
 * <p>A {@link dev.freshet.hub.fanout.Lane} is a cursor on the log that serves its own
 * {@link dev.freshet.hub.fanout.Subscriber}s on one thread: its sweep hands new events to those that are live, its catch-up
 * serves those that are behind, from the window, by the same bytes. To read the hot path, follow
 * {@link dev.freshet.hub.fanout.Lane#wake} through {@link dev.freshet.hub.fanout.Cursor}, {@link dev.freshet.hub.fanout.Sweep}
 * and {@link dev.freshet.hub.fanout.Round} to {@link dev.freshet.hub.fanout.SubscriberSink}. All types are confined to their lane's thread, but for
 * {@link dev.freshet.hub.fanout.Lane#wake} and {@link dev.freshet.hub.fanout.Lane#execute}.
 */
@NullMarked
package dev.freshet.hub.fanout;

import org.jspecify.annotations.NullMarked;
