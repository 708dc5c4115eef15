/**
 * The bytes that a lane offers to sinks: a {@link dev.freshet.hub.fanout.bytes.Range} of events, a heartbeat's
 * {@link dev.freshet.hub.fanout.bytes.Comments comment}, or what was copied to {@link dev.freshet.hub.fanout.bytes.Scratch}
 * memory. All are direct memory, used again and again; confined to their lane.
 */
@NullMarked
package dev.freshet.hub.fanout.bytes;

import org.jspecify.annotations.NullMarked;
