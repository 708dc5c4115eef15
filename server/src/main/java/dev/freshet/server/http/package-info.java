/**
 * The small words of HTTP that every feature of the server speaks: request, response, problem, route, stream. A feature
 * declares {@link dev.freshet.server.http.Route routes} whose {@link dev.freshet.server.http.Handler handlers} get an
 * {@link dev.freshet.server.http.Exchange}; the transport calls them through the {@link dev.freshet.server.http.Router}.
 * Values are immutable; a handler runs on the {@link dev.freshet.server.http.Loop} of its connection and must not block.
 */
@NullMarked
package dev.freshet.server.http;

import org.jspecify.annotations.NullMarked;
