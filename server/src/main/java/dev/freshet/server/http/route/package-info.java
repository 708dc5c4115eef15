/**
 * Which request goes where: a feature declares {@link dev.freshet.server.http.route.Route routes} whose
 * {@link dev.freshet.server.http.route.Handler handlers} answer; the transport finds them through the
 * {@link dev.freshet.server.http.route.Router}. Values are immutable; a handler runs on the loop of its connection and must
 * not block.
 */
@NullMarked
package dev.freshet.server.http.route;

import org.jspecify.annotations.NullMarked;
