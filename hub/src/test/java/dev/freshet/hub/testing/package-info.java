/**
 * What tests of the hub, and of all that is built on it, hold in their hands: time, lanes and connections.
 *
 * <p>{@link dev.freshet.hub.testing.TestHub} is the entry: a hub on {@link dev.freshet.hub.testing.ManualLane}s, whose
 * subscribers write to {@link dev.freshet.hub.testing.RecordingSink}s. Everything but
 * {@link dev.freshet.hub.testing.ThreadLane} is confined to the test's thread. {@link dev.freshet.hub.testing.EventLogContract}
 * is the test that every log must pass.
 */
@NullMarked
package dev.freshet.hub.testing;

import org.jspecify.annotations.NullMarked;
