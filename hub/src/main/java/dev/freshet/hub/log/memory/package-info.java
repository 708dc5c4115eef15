/**
 * The log in memory: its events are those of the window, and are gone with the process.
 *
 * <p>{@link dev.freshet.hub.log.memory.MemoryLog} is the entry. Whichever thread appends while no other does is the writer;
 * those that come meanwhile leave their batch to it and go on.
 */
@NullMarked
package dev.freshet.hub.log.memory;

import org.jspecify.annotations.NullMarked;
