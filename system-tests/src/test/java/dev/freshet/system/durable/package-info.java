/**
 * A hub in a process of its own whose log must outlive it: killed, without room, on files that cannot be written.
 *
 * <p>{@link dev.freshet.system.durable.KilledHubTest} is where to begin reading; those that publish to the hub and read from it
 * are in {@code crowd}.
 */
@NullMarked
package dev.freshet.system.durable;

import org.jspecify.annotations.NullMarked;
