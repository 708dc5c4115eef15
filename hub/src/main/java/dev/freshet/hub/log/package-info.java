/**
 * The log: all events of a hub in one total order, and the newest part of it, encoded, in memory.
 *
 * <p>An {@link dev.freshet.hub.log.EventLog} takes {@link dev.freshet.hub.publication.Batch}es, gives each its
 * {@link dev.freshet.hub.log.EventPosition}, and appends it to the {@link dev.freshet.hub.log.Window}, which the lanes
 * read. One thread at a time writes the window; any number of readers, each confined to its lane, follow it.
 */
@NullMarked
package dev.freshet.hub.log;

import org.jspecify.annotations.NullMarked;
