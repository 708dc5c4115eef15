/**
 * HTTP/1.1 over sockets, with Netty: what listens, and how it is set up. {@link dev.freshet.server.transport.HttpServerTransport}
 * is the entry; its loops are in {@code loop}, what it makes of bytes in {@code h1}, what a connection becomes for good in
 * {@code stream}. The transport is thread-safe and belongs to no loop; every connection belongs to one.
 */
@NullMarked
package dev.freshet.server.transport;

import org.jspecify.annotations.NullMarked;
