/**
 * EventSource for the JVM: streams of Server-Sent Events from any server, which reconnect, resume, and say when something was
 * lost.
 *
 * <p>{@link dev.freshet.client.EventSource} is the entry, {@link dev.freshet.client.StreamOptions} says what is wanted. A
 * stream is confined to one loop of the few that all streams share; its handler runs there too, or on an executor of the
 * caller's.
 */
@NullMarked
package dev.freshet.client;

import org.jspecify.annotations.NullMarked;
