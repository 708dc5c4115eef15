/**
 * HTTP/1.1 over sockets, with Netty: what turns bytes into {@link dev.freshet.server.http.Exchange exchanges} and streams.
 * {@link dev.freshet.server.transport.HttpServerTransport} is the entry. Every connection belongs to one loop, and all of its
 * state is confined to that loop's thread; only the transport's own methods and an exchange's answer may come from elsewhere.
 */
@NullMarked
package dev.freshet.server.transport;

import org.jspecify.annotations.NullMarked;
