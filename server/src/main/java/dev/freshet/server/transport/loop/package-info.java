/**
 * The event loops and what all connections share: counts, limits, memory for raw sockets.
 * {@link dev.freshet.server.transport.loop.NettyLoop} is the entry. What a loop holds is confined to its thread, and only the
 * methods of {@link dev.freshet.server.http.Loop} may be called from elsewhere;
 * {@link dev.freshet.server.transport.loop.ServerContext} is thread-safe.
 */
@NullMarked
package dev.freshet.server.transport.loop;

import org.jspecify.annotations.NullMarked;
